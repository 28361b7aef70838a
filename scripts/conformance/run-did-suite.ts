import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { runTool, type Outcome } from './run-vc-suite.ts'
import type { Site } from './start-site.ts'

const JestReport = z.looseObject({
  numPassedTests: z.int(),
  numPendingTests: z.int(),
  testResults: z.array(
    z.looseObject({
      message: z.string(),
      assertionResults: z.array(z.looseObject({ fullName: z.string(), status: z.string() })),
    }),
  ),
})

const suites = ['did-identifier', 'did-core-properties', 'did-production', 'did-consumption']
const mediaTypes = ['application/did+json', 'application/did+ld+json']

/** Runs the suite of DID Core on the DID document of the site's issuer, as it is served. */
export async function runDidSuite(folder: string, site: Site): Promise<Outcome> {
  const scratch = await mkdtemp(join(tmpdir(), 'livret-jest-'))
  const at = (name: string) => join(scratch, name)
  const [config, setup, output] = [at('config.json'), at('setup.cjs'), at('report.json')]
  try {
    // Read where the tests run: they take no objects of another realm for maps.
    const described = JSON.stringify(JSON.stringify({ didMethods: [await describeDid(site)] }))
    await writeFile(setup, `global.systemSuiteConfig = JSON.parse(${described})`)
    const own = await ownConfig(folder)
    await writeFile(config, JSON.stringify({ ...own, setupFiles: [setup] }))
    const where = ['--config', config, '--rootDir', folder, '--runInBand']
    await runTool(
      folder,
      ['jest/bin/jest.js', ...suites.map((name) => `suites/${name}`), ...where],
      ['--json', '--outputFile', output],
    )
    return outcomeOf(JestReport.parse(JSON.parse(await readFile(output, 'utf8'))))
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** What the suite says of itself in its package. */
async function ownConfig(folder: string): Promise<object> {
  const { jest } = z
    .looseObject({ jest: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')))
  return jest
}

async function describeDid({ url, issuer }: Site) {
  const served = await Promise.all(
    mediaTypes.map(async (accept) => {
      const response = await fetch(`${url}/issuers/${issuer.slug}/did.json`, {
        headers: { accept },
      })
      const mediaType = (response.headers.get('content-type') ?? '').split(';', 1)[0] ?? ''
      return { mediaType, representation: await response.text() }
    }),
  )
  const [first] = served
  const { '@context': context, ...properties } = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(first?.representation ?? '{}'))
  const resolutionOf = ({ mediaType, representation }: (typeof served)[number]) => ({
    didDocumentDataModel: { representationSpecificEntries: { '@context': context } },
    representation,
    didDocumentMetadata: {},
    didResolutionMetadata: { contentType: mediaType },
  })
  const byMediaType: Record<string, unknown> = Object.fromEntries(
    served.map((each) => [each.mediaType, resolutionOf(each)] as const),
  )
  return {
    didMethod: 'did:web',
    implementation: 'Livret',
    implementer: 'Livret',
    supportedContentTypes: served.map(({ mediaType }) => mediaType),
    dids: [issuer.did],
    [issuer.did]: { didDocumentDataModel: { properties }, ...byMediaType },
  }
}

function outcomeOf(report: z.infer<typeof JestReport>): Outcome {
  const broken = report.testResults.filter((each) => each.assertionResults.length === 0)
  const failed = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
  return {
    passed: report.numPassedTests,
    failed: [...failed.map(({ fullName }) => fullName), ...broken.map(({ message }) => message)],
    skipped: report.numPendingTests,
  }
}
