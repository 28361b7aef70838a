import * as z from 'zod/mini'

/**
 * How a credential is secured. The names are those of OpenID4VCI 1.0 Appendix A where it has one;
 * `vc+jwt` is the media type of VC-JOSE-COSE section 3.1.1.
 */
export const Format = z.enum(['vc+jwt', 'jwt_vc_json', 'dc+sd-jwt', 'ldp_vc'])
export type Format = z.infer<typeof Format>
