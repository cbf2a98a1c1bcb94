-- create-virtual-table: FTS5 with options, external content and its vocabulary; FTS4; R-Trees.
CREATE VIRTUAL TABLE doc USING fts5(title, body, tokenize = 'porter unicode61');
CREATE VIRTUAL TABLE IF NOT EXISTS note_text USING fts5(body, content = 'note', content_rowid = 'id', prefix = '2 3');
CREATE VIRTUAL TABLE tagged USING fts5(tag UNINDEXED, words, detail = column);
CREATE VIRTUAL TABLE doc_words USING fts5vocab('doc', 'row');
CREATE VIRTUAL TABLE place USING rtree(id, min_x, max_x, min_y, max_y, +label TEXT, +size INTEGER);
CREATE VIRTUAL TABLE main.grid USING rtree_i32(id, x0, x1);
