def read_doc(data, name): raise NotImplementedError
