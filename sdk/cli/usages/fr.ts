import { frServer } from './fr-server.ts'

/** Ce que `livret --help --lang fr` montre avant et après la liste des commandes. */
export const overview = [
  'Usage : livret COMMANDE [--help] [--lang fr|en]',
  'Code de sortie : 0 valable ou fait, 1 non valable ou refusé, 2 indéterminé ou sans réponse, 64 mauvais usage.',
] as const

/** Chaque commande en quelques mots. */
export const summaries: Readonly<Record<string, string>> = {
  verify: 'vérifie des attestations',
  bundle: 'réunit tout pour vérifier hors ligne',
  inspect: 'montre ce que contient une attestation',
  policy: 'contrôle une politique, ou en écrit le schéma',
  report: 'lit un rapport signé',
  export: 'écrit selon ELM ou CLR',
  issue: 'délivre une attestation',
  offer: 'propose une attestation à un portefeuille',
  request: 'demande des attestations à un titulaire',
  result: 'montre ce qu’une demande est devenue',
  wallet: 'reçoit, garde et montre des attestations',
  status: 'montre ou change un statut',
  proof: 'écrit la preuve de Merkle d’un reçu',
  'jose-cose': 'ce que la suite du W3C appelle',
  canonicalize: 'écrit du JSON selon la RFC 8785',
  issuer: 'crée ou liste des émetteurs',
}

/** Ce que `livret COMMANDE --help --lang fr` montre, commande par commande. */
export const usages: Readonly<Record<string, string>> = {
  ...frServer,

  verify: `Usage : livret verify [FICHIER…] [--policy FICHIER] [--json] [--lang fr|en] [--lists|--offline]
                      [--foreign refuse|report] [--schema URL=FICHIER]… [--jsonl [--workers N]]
                      [--sign-report CLÉ --report-out FICHIER]

Vérifie chaque FICHIER : une attestation, ou le JSON {"credential","receipt"}. Lit l’entrée standard
pour -, ou si aucun FICHIER n’est nommé.

  --policy F     à qui se fier ; sinon $LIVRET_POLICY, sinon policy.json dans $LIVRET_DATA_DIR (./.livret)
  --lists        lit aussi les listes de statuts des émetteurs, et les compare aux chaînes
  --offline      chaque FICHIER est un dossier de livret bundle : rien d’autre n’est demandé
  --foreign F    ce que deviennent les attestations venues d’ailleurs, dont aucune chaîne de la politique
                 ne connaît l’émetteur ; sinon ce que dit la politique. refuse : elles ne sont pas
                 valables. report : tout est examiné sauf l’ancrage et l’habilitation, les hôtes des
                 émetteurs sont interrogés sur leurs clés et listes de révocation, et elles sont au mieux
                 indéterminées, jamais valables
  --schema U=F   le schéma JSON que les attestations nomment U est dans le fichier F ; aucun schéma n’est
                 jamais téléchargé
  --json         une ligne de JSON par fichier
  --jsonl        chaque ligne de FICHIER en est une ; répond par une ligne de JSON à chacune, si
                 nombreuses soient-elles
  --workers N    vérifie les lignes dans N fils d’exécution en plus de celui-ci
  --sign-report C  signe le rapport, sans donnée personnelle, avec la clé privée (JWK) du fichier C …
  --report-out F   … et l’écrit dans F, pour livret report ; F.salt montre à qui vous le donnez sur quelle
                   attestation porte le rapport. Un FICHIER à la fois
  --lang fr|en   langue du rapport ; sinon celle de LC_ALL ou de LANG

Code de sortie : 0 valable, 1 non valable, 2 indéterminé, 64 mauvais usage ; de plusieurs fichiers, le pire.`,

  wallet: `Usage : livret wallet receive URI_OFFRE [--tx-code CODE] [--format F]
        livret wallet list [--json]
        livret wallet present URI_DEMANDE
        livret wallet export FICHIER
        livret wallet import FICHIER

Reçoit des attestations par OpenID4VCI 1.0, chacune avec sa propre clé ; montre par OpenID4VP 1.0 le moins
qui réponde à une demande ; emporte le tout ailleurs, scellé.

  $LIVRET_WALLET             le fichier du portefeuille ; sinon wallet.json dans $LIVRET_DATA_DIR (./.livret)
  $LIVRET_WALLET_PASSPHRASE  scelle le fichier ; nécessaire à export et import
  $LIVRET_DEV=1              admet des émetteurs et vérificateurs sur cette machine, par simple HTTP

Code de sortie : 0 fait, 1 refusé, ou rien qui réponde, 2 pas de réponse, 64 mauvais usage.`,

  policy: `Usage : livret policy --schema
        livret policy --check FICHIER [--lang fr|en]

  --schema       écrit le schéma JSON d’une politique, où chaque membre et sa valeur par défaut sont expliqués
  --check F      dit quels membres d’une politique enfreignent quelle règle ; - pour l’entrée standard. D’une
                 politique correcte : les chaînes, combien doivent concorder, l’empreinte des rapports signés
  --lang fr|en   langue des problèmes ; sinon celle de LC_ALL ou de LANG

Code de sortie : 0 correcte, 1 pas une politique, 64 mauvais usage.`,

  report: `Usage : livret report [FICHIER] --key JWK [--credential FICHIER --salt FICHIER] [--json] [--lang fr|en]

Lit un rapport signé, de livret verify --sign-report, et en vérifie la signature. Il ne dit pas ce que
l’attestation est devenue depuis. Lit l’entrée standard pour -, ou si aucun FICHIER n’est nommé.

  --key JWK       fichier de la clé publique (JWK) du vérificateur à qui vous vous fiez
  --credential F  si le rapport porte sur cette attestation …
  --salt F        … ce que seul son sel révèle
  --json          ce qui a été signé, tel quel
  --lang fr|en    langue du rapport ; sinon celle de LC_ALL ou de LANG

Code de sortie : 0 authentique et valable, 1 falsifié, non valable ou d’une autre attestation, 2 indéterminé, 64 mauvais usage.`,

  inspect: `Usage : livret inspect [FICHIER] [--text] [--lang fr|en]

Montre en JSON l’en-tête, le contenu, le reçu, les portées et l’engagement d’une attestation de n’importe
quel format (vc+jwt, jwt_vc_json, dc+sd-jwt, ldp_vc) ou émetteur, ou du JSON {"credential","receipt"}. Ne
vérifie rien : n’importe qui a pu écrire ce qu’il montre.

  --text         montre l’essentiel en phrases au lieu du JSON
  --lang fr|en   langue des phrases ; sinon celle de LC_ALL ou de LANG

Code de sortie : 0 montré, 1 illisible, 64 mauvais usage.`,

  bundle: `Usage : livret bundle [FICHIER] [--policy FICHIER] [--checkpoint FICHIER]… [--server]

Écrit un seul fichier avec tout ce qu’il faut pour vérifier l’attestation de FICHIER, le JSON
{"credential","receipt"} ; livret verify --offline n’a alors besoin d’aucun réseau. Lit l’entrée standard
pour -, ou si aucun FICHIER n’est nommé. Gardez-en chaque octet.

  --policy F      pour les chaînes de qui ; sinon $LIVRET_POLICY, sinon policy.json dans $LIVRET_DATA_DIR
                  (./.livret). Les preuves sont demandées à leurs nœuds (rpc)
  --checkpoint F  un point de contrôle signé d’une chaîne. Sans lui : un bloc que la politique fixe, sinon
                  un point de contrôle du serveur si la politique en nomme les clés
  --server        demande le dossier entier au serveur ; un reçu n’est alors pas nécessaire

  $LIVRET_URL    le serveur ; http://localhost:8080 par défaut
  $LIVRET_TOKEN  son jeton ; sinon le fichier token dans $LIVRET_DATA_DIR (./.livret)

Code de sortie : 0 le dossier est valable, 1 non valable, 2 indéterminé ou sans réponse, 64 mauvais usage.`,

  export: `Usage : livret export --to elm FICHIER [--lang fr|en]
        livret export --to clr FICHIER… [--issuer ID] [--name NOM] [--id URI] [--lang fr|en]

Écrit en JSON, non signé, ce que contient une attestation selon un autre modèle. Ne vérifie rien : c’est le
rôle de livret verify. Chaque FICHIER est une attestation, ou le JSON {"credential","receipt"} ; l’entrée
standard pour -, ou si aucun FICHIER n’est nommé.

  --to elm       le modèle européen de l’apprentissage (ELM 3) d’Europass, à partir d’un Open Badge
  --to clr       un Comprehensive Learner Record 2.0 qui les contient toutes telles qu’elles sont signées
  --issuer ID    qui fait le relevé, un DID ou une adresse https ; sinon l’émetteur de la première
  --name NOM     nom du relevé
  --id URI       son identifiant ; un urn:uuid par défaut
  --lang fr|en   langue des textes qui ne disent pas la leur, et du nom du relevé ; sinon celle de LC_ALL
                 ou de LANG

Code de sortie : 0 écrit, 1 refusé, 64 mauvais usage.`,

  proof: `Usage : livret proof [FICHIER] [--receipt FICHIER] [--json]

Écrit la feuille, la preuve de Merkle et la racine de l’attestation de FICHIER : le JSON
{"credential","receipt"}, ou une attestation dont le reçu est dans un autre fichier. MerkleProof
d’OpenZeppelin et isIncluded d’AnchorRegistry les acceptent tels quels. Lit l’entrée standard pour -, ou si
aucun FICHIER n’est nommé. N’interroge aucune chaîne : que la racine y soit, livret verify le dit.

  --receipt F  le reçu, s’il n’accompagne pas l’attestation
  --json       {"root","proof","leaf"} sur une ligne

Code de sortie : 0 la preuve mène à la racine, 1 elle n’y mène pas, 64 mauvais usage.`,

  'jose-cose': `Usage : livret jose-cose issue|verify --input FICHIER --key FICHIER --feature F [--sd JSON] --output FICHIER

Sécurise l’attestation ou la présentation d’un fichier, ou en vérifie une, comme le dit VC-JOSE-COSE, et
écrit {"result":"success|failure|indeterminate","data":"…"} dans le fichier de sortie.

  --input F     le fichier à sécuriser ou à vérifier
  --key F       méthode de vérification avec publicKeyJwk, et secretKeyJwk pour sécuriser
  --feature F   credential_jose, presentation_jose, credential_sdjwt, presentation_sdjwt ; toute autre est
                indéterminée
  --sd JSON     ce qui devient divulgable séparément : ["credentialSubject.degree","verifiableCredential[0]"]
  --output F    le fichier de sortie

Ni le statut, ni l’habilitation, ni l’ancrage ne sont examinés : c’est le rôle de livret verify.

Code de sortie : 0 réussi, 1 échoué, 2 indéterminé, 64 mauvais usage.`,

  canonicalize: `Usage : livret canonicalize [FICHIER]

Écrit le JSON de FICHIER (l’entrée standard pour -, ou si aucun FICHIER n’est nommé) comme le dit la
RFC 8785. Un JSON que deux lecteurs pourraient comprendre de deux façons est refusé : un membre en double,
la moitié d’une paire de substitution, un nombre au-delà d’un double.

Code de sortie : 0 écrit, 1 refusé, 64 mauvais usage.`,
}
