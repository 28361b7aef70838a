const server = `  $LIVRET_URL    le serveur ; http://localhost:8080 par défaut
  $LIVRET_TOKEN  son jeton ; sinon le fichier token dans $LIVRET_DATA_DIR (./.livret)`

/** Les commandes qui s’adressent à un serveur Livret. */
export const frServer = {
  issue: `Usage : livret issue [FICHIER] [--issuer S] [--format F] [--id URI] [--wait SECONDES]

Fait signer par un serveur Livret l’attestation de FICHIER (JSON, VC Data Model 2.0), et l’écrit. Lit
l’entrée standard pour -, ou si aucun FICHIER n’est nommé.

  --issuer S       nom court ou DID de l’émetteur, si l’attestation ne le nomme pas
  --format F       vc+jwt (par défaut), ob3-strict (vc+jwt selon Open Badges 3.0), jwt_vc_json, dc+sd-jwt
                   ou ldp_vc
  --id URI         devient l’identifiant de l’attestation, si elle n’en a pas
  --wait SECONDES  attend son reçu aussi longtemps, et écrit {"credential","receipt"}

${server}

Code de sortie : 0 délivrée, 1 refusée, 2 pas de réponse ou pas encore de reçu, 64 mauvais usage.`,

  offer: `Usage : livret offer --credential FICHIER [--issuer S] [--format F]… [--tx-code] [--approval]
                     [--sign-in] [--expires SECONDES]

Fait proposer par un serveur Livret l’attestation de FICHIER (JSON, VC Data Model 2.0, sans l’identifiant
du titulaire) à qui reçoit l’offre, par OpenID4VCI 1.0. Écrit l’URI de l’offre, à montrer en code QR.

  --credential F  l’attestation à proposer
  --issuer S      nom court ou DID de l’émetteur, si l’attestation ne le nomme pas
  --format F      un format que le portefeuille peut choisir ; tous par défaut
  --tx-code       demande un code transmis par une autre voie ; écrit TX_CODE=… avant l’URI
  --approval      promet l’attestation jusqu’à ce que quelqu’un l’approuve
  --sign-in       laisse le titulaire s’identifier, au lieu d’un code transmis avec l’offre
  --expires S     durée de l’offre en secondes ; une heure par défaut

${server}

Code de sortie : 0 proposée, 1 refusée, 2 pas de réponse, 64 mauvais usage.`,

  request: `Usage : livret request --query FICHIER [--mode direct_post|direct_post.jwt]
                       [--client decentralized_identifier|x509_hash] [--redirect URL]

Fait demander par un serveur Livret à un titulaire ce que décrit la requête DCQL de FICHIER, par OpenID4VP
1.0. Écrit STATE=…, pour livret result, puis l’URI de la demande, à montrer en code QR.

  --query F       la requête DCQL
  --mode M        comment le portefeuille répond ; direct_post.jwt, chiffré, par défaut
  --client C      comment le serveur se nomme ; decentralized_identifier par défaut
  --redirect URL  où va ensuite le navigateur du titulaire, avec le code que le résultat exige

${server}

Code de sortie : 0 demandé, 1 refusé, 2 pas de réponse, 64 mauvais usage.`,

  result: `Usage : livret result STATE [--code CODE] [--json]

Dit ce qu’est devenue une demande : si l’on y a répondu, qui, et le verdict sur chaque attestation.

  --code CODE  le response_code avec lequel le navigateur du titulaire est revenu, s’il devait revenir
  --json       tout : ce qui a été présenté, et les rapports étape par étape

${server}

Code de sortie : 0 valable, 1 non valable ou refusé, 2 indéterminé, sans réponse ou pas encore, 64 mauvais usage.`,

  status: `Usage : livret status ID [--revoke | --suspend | --reinstate] [--json]

Montre l’état d’une attestation d’un serveur Livret : son ancrage, et si elle est révoquée ou suspendue.
ID est l’identifiant de l’attestation, ou son repère.

  --revoke     la révoque, définitivement
  --suspend    la suspend
  --reinstate  met fin à une suspension
  --json       la réponse du serveur, en JSON

${server}

Code de sortie : 0 fait, 1 refusé, 2 pas de réponse, 64 mauvais usage.`,

  issuer: `Usage : livret issuer create --slug S --name N [--siret S] [--url U] [--email E]
                             [--nda N] [--uai U] [--algorithm ES256|EdDSA] [--json]
        livret issuer list [--json]
        livret issuer show SLUG [--json]

Fait d’une personne morale un émetteur d’un serveur Livret, liste les émetteurs, ou en montre un et ce qui
lui manque encore pour délivrer.

  --slug S, --name N     son nom court, dans son adresse, et son nom
  --siret, --nda, --uai  ses numéros d’établissement, de déclaration d’activité et d’école
  --url, --email         son site et son adresse électronique
  --algorithm A          algorithme de sa clé ; ES256 par défaut
  --json                 en JSON

${server}

Code de sortie : 0 fait, 1 refusé, 2 pas de réponse, 64 mauvais usage.`,
} as const
