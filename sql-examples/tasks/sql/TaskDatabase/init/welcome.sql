INSERT INTO task (title, priority) VALUES ('type `add`, a space and what there is to do', 1);
