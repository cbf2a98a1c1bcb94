-- pragma functions: table-valued, with and without arguments, hidden columns

-- @@{ name=tableInfo }
SELECT cid, name, type, "notnull", dflt_value, pk FROM pragma_table_info('person');

-- @@{ name=tableXinfo }
SELECT name, hidden FROM pragma_table_xinfo('generated');

-- @@{ name=tableList }
SELECT name, ncol, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name = 'code';

-- @@{ name=indexList }
SELECT seq, name, "unique", origin, partial FROM pragma_index_list('person');

-- @@{ name=indexInfo }
SELECT seqno, cid, name FROM pragma_index_info('person_age');

-- @@{ name=indexXinfo }
SELECT name, desc, coll, key FROM pragma_index_xinfo('person_age');

-- @@{ name=foreignKeys }
SELECT id, "table", "from", "to", on_delete FROM pragma_foreign_key_list('address');

-- @@{ name=joined }
SELECT m.name AS tbl, i.name AS col FROM sqlite_schema AS m, pragma_table_info(m.name) AS i WHERE m.type = 'table' AND m.name = 'code';

-- @@{ name=leftJoined }
SELECT m.name AS tbl, i.name AS idx FROM sqlite_schema AS m LEFT JOIN pragma_index_list(m.name) AS i WHERE m.name = 'event';

-- @@{ name=hidden }
SELECT name FROM pragma_table_info WHERE arg = 'code';

-- @@{ name=collations }
SELECT count(*) > 0 AS some FROM pragma_collation_list;

-- @@{ name=functions }
SELECT count(*) > 0 AS some FROM pragma_function_list WHERE name = 'upper';

-- @@{ name=userVersion }
SELECT user_version FROM pragma_user_version;

-- @@{ name=compileOptions }
SELECT count(*) > 0 AS some FROM pragma_compile_options;

-- @@{ name=integrity }
SELECT integrity_check FROM pragma_integrity_check;
