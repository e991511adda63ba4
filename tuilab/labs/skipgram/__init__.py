"""One update of word2vec under the microscope, every number readable and the vectors editable."""
