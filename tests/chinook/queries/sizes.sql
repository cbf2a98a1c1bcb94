-- The sizes of covers that clients may ask for.
VALUES ('small', 64, 0.5), ('large', 512, NULL);
