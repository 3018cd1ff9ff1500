throw new Error('an error outside of a test');
