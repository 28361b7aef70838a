/**
 * SHA-256, SHA-384 and SHA-512 of documents whose every published version is known, by their addresses
 * (VCDM 2.0 appendix B.1; VCDM 1.1 appendix B.1).
 */
export const publishedDigests: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'https://www.w3.org/ns/credentials/v2',
    new Set([
      // Recommendation of 2025
      '59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734',
      '97f1eb8e5042356c805fdd61afa2c557663785e0794dcafa21e138fd38def18cb360133c221aa31d6896a6bf3e65b614',
      '5d55452bd2dcf8a29f5a290473eb242b1c5fb77d4e68f1a0aa87baa4dba2694852d65ec63d48ac04a99d956f9f7153b9406f84d2d04c74869b02c239a1d81305',
      // Candidate Recommendation of 2024
      '24a18c90e9856d526111f29376e302d970b2bd10182e33959995b0207d7043b9',
      '35239c36999d2155312091af194a1edb61634d6ad789a5e5b19f2aebdd762dd9d1dcaada40eda7ef921c6b8c0ae107a0',
      'cb1336dfa8670d80d03344b3b0cc25faf4d45201823c35f39bb1afe5a9f911f615ff4ec80ec5f2f89e33d14e96bec8be78e38df35b918c9cd5f3b3449bd6c88f',
    ]),
  ],
  [
    'https://www.w3.org/2018/credentials/v1',
    new Set([
      // VCDM 1.1
      'ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc',
      '82c3b3eab863754bbfd2b9f17d8d6db9f61169f301cbf0b05e1fc4beb5f5c51dd4d2e888c274f49c3fbb2408f61faed1',
      '536a40b390dda94a9e39196c00090f62668e8184fe3c8c02c4a22c85666e68bf6e85d3dc7f2dba85b2b62ef95d97de24132568d8504db43f2c9c82d2e88418d2',
    ]),
  ],
])
