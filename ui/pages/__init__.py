"""One module per page: title, inputs, one call to the engine, drawing."""
