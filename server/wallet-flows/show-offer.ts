import { RegistryError } from '#sdk'
import type { Context } from '../context.ts'
import { issuanceOf } from './issuance.ts'
import { preAuthorizedGrant, resolvedMetadata } from './issuer-metadata.ts'
import { libraryOf } from './library.ts'
import { codeOf } from './make-offer.ts'

/** The credential offer behind its reference (OpenID4VCI 1.0 section 4.1). Throws FLOW_UNKNOWN. */
export async function showOffer(context: Context, slug: string, locator: string) {
  const found = await context.store.flows.bySecret('offer', locator)
  const issuance = found && issuanceOf(found.flow).issuance
  if (issuance?.issuer !== slug) throw new RegistryError('FLOW_UNKNOWN', { flow: 'of this link' })
  const { credentialOfferObject } = await libraryOf(context).issuer.createCredentialOffer({
    issuerMetadata: await resolvedMetadata(context, slug),
    credentialConfigurationIds: Object.keys(issuance.configurations),
    grants:
      issuance.needsSignIn === true
        ? { authorization_code: { issuer_state: codeOf(context, locator) } }
        : {
            [preAuthorizedGrant]: {
              'pre-authorized_code': codeOf(context, locator),
              ...(issuance.txCode !== undefined && {
                tx_code: { input_mode: 'numeric' as const, length: 6 },
              }),
            },
          },
  })
  return credentialOfferObject
}
