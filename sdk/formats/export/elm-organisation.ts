import * as z from 'zod/mini'
import type { IssuerProfile } from '../../model/credential.ts'
import { oneOrMany } from '../../model/one-or-many.ts'
import { countryConcept } from './elm-concepts.ts'
import { byLanguage } from './read-badge.ts'

const text = z.optional(z.catch(z.optional(z.string()), undefined))

/** What is read of an Open Badges profile; whatever is malformed is left out. */
const Profile = z.looseObject({
  url: text,
  email: text,
  address: z.optional(
    z.catch(
      z.optional(
        z.looseObject({
          streetAddress: text,
          postalCode: text,
          addressLocality: text,
          addressRegion: text,
          addressCountryCode: text,
        }),
      ),
      undefined,
    ),
  ),
  otherIdentifier: z.catch(
    z.optional(oneOrMany(z.looseObject({ identifier: z.string(), identifierType: z.string() }))),
    undefined,
  ),
})

/**
 * An issuer as an Organisation of the European Learning Model: SIRET is its registration in France, other
 * numbers are identifiers under their names.
 */
export function elmOrganisation(issuer: IssuerProfile, language: string) {
  const { id, name = issuer.id } = issuer
  const { url, email, address, otherIdentifier = [] } = Profile.parse(issuer)
  const siret = otherIdentifier.find(({ identifierType }) => identifierType === 'ext:SIRET')
  const others = otherIdentifier.filter((each) => each !== siret)
  return {
    id,
    type: 'Organisation',
    legalName: byLanguage(name, language),
    ...(siret !== undefined && {
      registration: {
        id: `urn:siret:${siret.identifier}`,
        type: 'LegalIdentifier',
        notation: siret.identifier,
        spatial: countryConcept('FR'),
      },
    }),
    ...(others.length > 0 && {
      identifier: others.map(({ identifier, identifierType }) => {
        const schemeName = identifierType.replace(/^ext:/, '')
        const urn = `urn:${schemeName.toLowerCase()}:${encodeURIComponent(identifier)}`
        return { id: urn, type: 'Identifier', schemeName, notation: identifier }
      }),
    }),
    ...(url !== undefined && {
      homepage: { id: url, type: 'WebResource', contentURL: url },
    }),
    ...(email !== undefined && {
      contactPoint: {
        id: `${id}#contact`,
        type: 'ContactPoint',
        emailAddress: { id: `mailto:${email}`, type: 'Mailbox' },
      },
    }),
    ...(address !== undefined && { location: locationOf(id, address, language) }),
  }
}

function locationOf(
  id: string,
  address: NonNullable<z.output<typeof Profile>['address']>,
  language: string,
) {
  const { streetAddress, postalCode, addressLocality, addressRegion, addressCountryCode } = address
  const town = [postalCode, addressLocality].filter((part) => part !== undefined).join(' ')
  const whole = [streetAddress, town, addressRegion].filter(
    (part) => part !== undefined && part !== '',
  )
  const country = addressCountryCode === undefined ? undefined : countryConcept(addressCountryCode)
  return {
    id: `${id}#location`,
    type: 'Location',
    address: {
      id: `${id}#address`,
      type: 'Address',
      ...(country !== undefined && { countryCode: country }),
      ...(whole.length > 0 && {
        fullAddress: {
          id: `${id}#full-address`,
          type: 'Note',
          noteLiteral: { [language]: whole.join(', ') },
        },
      }),
    },
  }
}
