console.log('ﬁ①'.normalize('NFKC'), '½'.normalize('NFKD').length); // expect: fi1 3
