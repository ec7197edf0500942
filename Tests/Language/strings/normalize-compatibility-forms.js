const texts = ['\ufb01', '\u1e9b\u0323', '①', 'ｶﾞ', '\ufdfa', 'a\ud800b①', 'ℌ', '½', '\u01c4', 'e\u0301', 'plain'];
for (const text of texts) {
  console.log(['NFC', 'NFD', 'NFKC', 'NFKD'].map((form) => [...text.normalize(form)].map((c) => c.codePointAt(0).toString(16)).join(' ')).join('; '));
}
// expect: fb01; fb01; 66 69; 66 69
// expect: 1e9b 323; 17f 323 307; 1e69; 73 323 307
// expect: 2460; 2460; 31; 31
// expect: ff76 ff9e; ff76 ff9e; 30ac; 30ab 3099
// expect: fdfa; fdfa; 635 644 649 20 627 644 644 647 20 639 644 64a 647 20 648 633 644 645; 635 644 649 20 627 644 644 647 20 639 644 64a 647 20 648 633 644 645
// expect: 61 d800 62 2460; 61 d800 62 2460; 61 d800 62 31; 61 d800 62 31
// expect: 210c; 210c; 48; 48
// expect: bd; bd; 31 2044 32; 31 2044 32
// expect: 1c4; 1c4; 44 17d; 44 5a 30c
// expect: e9; 65 301; e9; 65 301
// expect: 70 6c 61 69 6e; 70 6c 61 69 6e; 70 6c 61 69 6e; 70 6c 61 69 6e
try {
  'a'.normalize('NFX');
} catch (e) {
  console.log(e.name, e.message); // expect: RangeError The normalization form should be one of NFC, NFD, NFKC, NFKD.
}
