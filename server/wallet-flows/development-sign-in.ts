import type { SignIn } from '../context.ts'

/** For trying out: whoever presses the button is let in. */
export const developmentSignIn: SignIn = {
  page: (fields) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Livret: development sign-in</title>
<h1>Development sign-in</h1>
<p>Anybody may continue here. Une personne quelconque peut continuer ici.</p>
<form method="post">
${Object.entries(fields)
  .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
  .join('\n')}
<button>Continue · Continuer</button>
</form>
</html>
`,
  accepts: () => Promise.resolve(true),
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`)
}
