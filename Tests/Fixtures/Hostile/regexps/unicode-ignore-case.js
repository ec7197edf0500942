/^(\p{L}|\p{Script=Greek}|.)*$/iu.test('\u03b1'.repeat(40) + '\n\n');
