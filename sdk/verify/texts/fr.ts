import type { CheckCode } from '../codes.ts'

/** Ce que chaque réponse veut dire, pour un recruteur. `{…}` comme dans `en.ts`. */
export const fr: Readonly<Record<CheckCode, string>> = {
  NOT_REACHED: 'Question non posée : une étape précédente n’a rien donné sur quoi s’appuyer.',
  INTERNAL: 'Cette étape n’a pas pu être menée à bien en raison d’une erreur inattendue.',
  CHAIN_UNREACHABLE: 'Aucune réponse de {chains} pour le moment. Réessayez plus tard.',
  CHAIN_MISMATCH:
    'Le nœud interrogé pour {chains} sert une autre chaîne que celle reconnue ici. Ses réponses n’ont pas été retenues.',
  EVIDENCE_MISSING:
    'Le dossier hors ligne ne prouve pas ce qu’il faut savoir de {chains}, ou pas par quelqu’un à qui vous faites confiance. Demandez-en un nouveau, ou vérifiez en ligne.',
  CHAIN_NOT_ASKED: 'Question non posée : aucun registre public n’est reconnu ici.',

  DECODED: 'L’attestation est lisible.',
  MALFORMED:
    'Ceci n’est pas une attestation lisible : elle est abîmée, incomplète, ou c’est autre chose.',
  RECEIPT_MALFORMED: 'Le reçu qui accompagnait l’attestation est abîmé ou incomplet.',
  TOO_LARGE: 'L’attestation est plus volumineuse que tout ce que cette vérification accepte.',
  HEADER_REFUSED:
    'Elle demande de contrôler sa signature d’une façon peu sûre, comme le font les contrefaçons.',
  KID_MALFORMED: 'Elle ne dit pas correctement avec quelle clé elle a été signée.',
  ISSUER_MISMATCH: 'Elle désigne un émetteur, mais a été signée au nom d’un autre.',
  CREDENTIAL_MALFORMED:
    'Il manque à l’attestation ce que toute attestation doit contenir, ou elle l’indique mal.',
  BUNDLE_MALFORMED:
    'Le dossier hors ligne est abîmé, incomplet, ou contient ce qui n’a rien à y faire.',
  PRESENTATION_MALFORMED:
    'Ceci n’est pas une présentation d’attestations, ou il y manque ce que toute présentation doit contenir.',
  PROOF_MISSING: 'Personne ne l’a signée : elle ne porte aucune preuve.',
  PROOF_UNSUPPORTED: 'Sa preuve est d’un type que cette vérification ne connaît pas ({reason}).',
  PROOF_AMBIGUOUS: 'Elle porte plusieurs preuves, sans dire laquelle compte.',
  PROOF_MALFORMED: 'La preuve qu’elle porte est endommagée ou incomplète ({reason}).',
  PROOF_PURPOSE_MISMATCH: 'La preuve qu’elle porte a été faite pour un autre usage.',
  CONTEXT_UNAVAILABLE:
    'Ce qu’elle dit dépend d’un vocabulaire que cette vérification ne détient pas ({reason}).',
  DISCLOSURE_MALFORMED: 'Un élément divulgué avec elle est abîmé, ou n’est pas à sa place.',
  DISCLOSURE_HASH_UNKNOWN: 'Elle masque ce qui n’est pas divulgué d’une façon inconnue ici.',
  DISCLOSURE_UNREFERENCED: 'On y a ajouté quelque chose que son émetteur n’a jamais signé.',
  DISCLOSURE_REPEATED: 'La même chose est divulguée deux fois.',
  DISCLOSURE_COLLISION: 'Ce qui est divulgué contredit ce qui s’y trouve déjà.',
  DISCLOSURE_FORBIDDEN: 'Elle permet au titulaire de cacher ce que tout lecteur doit voir.',
  KEY_BINDING_MALFORMED: 'La signature du titulaire qui l’accompagnait est abîmée ou incomplète.',
  KEY_BINDING_UNNAMED: 'Elle a été présentée avec une clé, mais n’a été délivrée à aucune.',
  KEY_BINDING_MISMATCH:
    'La signature du titulaire porte sur autre chose que ce qui a été présenté.',

  FORMAT_ACCEPTED: 'Son format est accepté ici ({format}).',
  FORMAT_UNKNOWN: 'Elle est sécurisée d’une façon que cette vérification ne connaît pas.',
  ALGORITHM_NOT_ALLOWED: 'Elle est signée par un procédé qui n’est pas accepté ici.',
  TERMS_UNDEFINED:
    'Elle emploie un terme auquel ses contextes ne donnent aucun sens, ou en donnent un second ({reason}).',

  SIGNATURE_VALID:
    'La signature est authentique : rien n’a été modifié depuis que {issuer} a signé.',
  SIGNATURE_INVALID:
    'La signature n’est pas celle de {issuer} : l’attestation a été modifiée, ou quelqu’un d’autre l’a faite.',
  KEY_UNRESOLVED: 'La clé de {issuer} n’a pas pu être obtenue pour le moment. Réessayez plus tard.',
  KEY_INVALID:
    'L’adresse de {issuer} ne mène à aucune clé avec laquelle il puisse signer des attestations.',
  DID_METHOD_UNSUPPORTED:
    'La clé de {issuer} ne peut pas être cherchée ici : les adresses de ce genre (did:{method}) n’y sont pas connues.',
  KEY_UNBOUND:
    'La signature correspond à une clé hébergée au même endroit que {issuer}, mais rien ne montre que cette clé soit la sienne : d’autres peuvent y avoir la leur.',

  IN_PERIOD: 'Elle est dans sa période de validité.',
  NOT_YET_VALID: 'Elle n’est pas valable avant le {validFrom:time}.',
  EXPIRED: 'Elle a expiré le {validUntil:time}.',

  ANCHORED:
    'Elle existait au plus tard le {anchoredAt:time} : un registre public ({chains}) le prouve. Elle peut être plus ancienne.',
  RECEIPT_MISMATCH: 'Le reçu n’est pas celui de cette attestation, ou l’un des deux a été modifié.',
  ANCHOR_PENDING:
    'Son inscription au registre public est en cours ({anchored} sur {needed}). Redemandez plus tard, jusqu’au {until:time} au plus.',
  ANCHOR_MISSING:
    'Elle n’a jamais été inscrite au registre public ({anchored} sur {needed}) : rien ne prouve quand elle a été faite.',
  ANCHOR_NOT_REQUIRED: 'Elle n’est pas inscrite au registre public, ce qui n’est pas exigé ici.',
  ANCHOR_FOREIGN:
    'Question non posée : elle vient d’une autre plateforme, qui n’inscrit pas ses attestations à un registre reconnu ici.',
  NO_CHAINS:
    'Aucun registre public n’est reconnu ici : impossible de dire quand elle a été faite et qui en avait le droit.',

  KEY_REGISTERED:
    'Le {judgedAt:time}, l’émetteur signait bien avec cette clé, comme le montre {chains}.',
  ISSUER_UNKNOWN: '{issuer} ne figure pas au registre public ({chains}).',
  ISSUER_FOREIGN:
    '{issuer} ne figure à aucun registre public reconnu ici ({chains}) : personne ici ne peut dire s’il est fiable.',
  ISSUER_ANNULLED:
    'L’inscription de {issuer} au registre public ({chains}) a été annulée : elle est réputée n’avoir jamais été faite.',
  ISSUER_RELEASED:
    'Le {judgedAt:time}, plus personne ne représentait {issuer} au registre public ({chains}).',
  ISSUER_NOT_YET_CONFIRMED:
    'Le {judgedAt:time}, {issuer} ne figurait pas encore au registre public ({chains}).',
  KEY_NOT_REGISTERED:
    'L’émetteur n’a jamais déclaré la clé qui a signé cette attestation ({chains}).',
  KEY_ANNULLED:
    'La clé qui l’a signée a été déclarée par quelqu’un qui n’a jamais représenté l’émetteur ({chains}).',
  KEY_NOT_YET_REGISTERED:
    'La clé qui l’a signée n’a été déclarée que le {registeredAt:time} ; l’attestation compte du {judgedAt:time}.',
  KEY_RETIRED:
    'L’émetteur a cessé d’utiliser la clé qui l’a signée le {retiredAt:time} ; l’attestation compte du {judgedAt:time}.',
  KEY_COMPROMISED:
    'La clé qui l’a signée a été signalée comme volée ou détournée avant le {judgedAt:time} : n’importe qui a pu signer.',

  ACCREDITED:
    'Le {judgedAt:time}, l’émetteur était habilité pour ce type d’attestation ({scopes}).',
  NOT_ACCREDITED: 'Aucune autorité reconnue ici n’a jamais habilité l’émetteur ({scopes}).',
  ACCREDITATION_FOREIGN:
    'Question non posée : elle vient d’une autre plateforme, dont les émetteurs ne sont pas habilités par une autorité reconnue ici.',
  SCOPE_NOT_COVERED: 'L’émetteur est habilité, mais pas pour ce type d’attestation ({scopes}).',
  SCOPE_UNKNOWN: 'Elle ne dit pas pour quel type d’attestation son émetteur devrait être habilité.',
  ACCREDITATION_WITHDRAWN:
    'L’habilitation ({scopes}) a été retirée à partir du {withdrawnFrom:time} ; l’attestation compte du {judgedAt:time}.',
  ACCREDITATION_ANNULLED:
    'L’habilitation ({scopes}) a été annulée : elle est réputée n’avoir jamais été accordée.',
  ACCREDITATION_EXPIRED:
    'L’habilitation ({scopes}) a pris fin le {validUntil:time} ; l’attestation compte du {judgedAt:time}.',
  ACCREDITATION_NOT_YET:
    'L’habilitation ({scopes}) n’a commencé que le {validFrom:time} ; l’attestation compte du {judgedAt:time}.',

  NOT_REVOKED: 'Le {readAt:time}, elle n’était ni révoquée ni suspendue ({chains}).',
  LIST_NOT_REVOKED: 'La liste de statuts de son émetteur ne la montre ni révoquée ni suspendue.',
  REVOKED: 'Son émetteur l’a révoquée ({source}).',
  SUSPENDED: 'Son émetteur l’a suspendue pour l’instant ({source}).',
  STATUS_NONE: 'Elle n’indique aucun endroit où une révocation serait visible.',
  STATUS_MISSING:
    'Elle n’indique pas où une révocation serait visible au registre public, alors qu’elle le doit.',
  STATUS_MALFORMED: 'Ce qu’elle dit de l’endroit où une révocation serait visible n’a pas de sens.',
  STATUS_INDEX_MISMATCH:
    'Elle indique deux endroits différents pour son propre statut ({listIndex} dans la liste, {index} au registre).',
  STATUS_STALE:
    'Le dernier état connu de {chains} date du {readAt:time} : trop ancien pour exclure une révocation depuis.',
  STATUS_UNSUPPORTED:
    'Sa révocation serait indiquée d’une façon qui ne peut être lue ici ({types}).',
  STATUS_LIST_FOREIGN:
    'Elle renvoie à la liste de statuts de quelqu’un d’autre que son émetteur ({url}).',
  STATUS_LIST_CONTRADICTS_CHAIN:
    'La liste de statuts de son émetteur ({url}) dit autre chose que le registre public ({chains}).',
  STATUS_LIST_UNREACHABLE:
    'La liste de statuts de son émetteur ({url}) n’a pas pu être lue pour le moment. Réessayez plus tard.',
  STATUS_LIST_INVALID:
    'La liste de statuts à l’adresse {url} n’est pas authentique, est abîmée ou périmée.',

  HOLDER_PROVEN: 'La personne qui l’a présentée a prouvé être celle à qui elle a été délivrée.',
  REQUEST_ANSWERED: 'Elle a été signée par {holder} en réponse à cette demande même.',
  HOLDER_NOT_PRESENTED:
    'Question non posée : l’attestation a été remise seule, rien ne prouve donc qui l’a remise.',
  HOLDER_UNCHALLENGED:
    'Présentée avec la signature de {holder}, mais pas en réponse à une demande faite ici : ce peut être une copie.',
  HOLDER_UNNAMED:
    'Elle ne désigne pas la personne à qui elle a été délivrée d’une façon qui puisse être prouvée.',
  HOLDER_MISMATCH:
    'Elle a été présentée par {holder}, mais délivrée à quelqu’un d’autre ({subject}).',
  CHALLENGE_MISMATCH:
    'Elle n’a pas été présentée en réponse à cette demande ; ce peut être une copie.',
  DOMAIN_MISMATCH: 'Elle a été présentée à quelqu’un d’autre que {expected}.',
  PRESENTATION_INVALID: 'La présentation qui la contenait n’est pas authentique.',
  PRESENTATION_UNDECIDED:
    'L’authenticité de la présentation qui la contenait n’a pas pu être établie.',

  SCHEMA_MATCHED: 'Son contenu est complet et bien formé ({schema}).',
  SCHEMA_VIOLATED: 'Son contenu enfreint les règles de son type : {problems}.',
  RESULTS_INCONSISTENT: 'Ses résultats contredisent leur propre description : {problems}.',
  EMBEDDED_INVALID:
    'Une recommandation ou une attestation qu’elle contient n’est pas authentique, ou pas valable ({place} : {reason}).',
  EMBEDDED_UNDECIDED:
    'L’authenticité d’une recommandation ou d’une attestation qu’elle contient n’a pas pu être établie ({place} : {reason}).',
  SCHEMA_NOT_CHECKED:
    'Son contenu n’a pas été comparé à un modèle, faute d’un modèle connu ici ({types}).',
  CONTEXT_UNKNOWN:
    'Son contenu emploie des termes inconnus ici ({contexts}) ; il n’a donc pas été comparé à un modèle.',
}
