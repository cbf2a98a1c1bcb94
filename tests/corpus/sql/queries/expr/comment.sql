-- comment-syntax: line and block comments anywhere

-- @@{ name=line }
SELECT name -- the name; not the nick
FROM person;

-- @@{ name=block }
SELECT /* all; of */ name /* them */ FROM /* the */ person;
