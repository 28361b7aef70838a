import { describe, expect, test } from 'vitest'
import { createStatusListFetcher } from '../../../sdk/verify/fetch-status-list.ts'

const list = 'https://livret.example/issuers/mer/status/7/revocation'

/** Answers every request, and counts them. */
function host(answer: () => Response) {
  const asked: [string, RequestInit | undefined][] = []
  const fetch = (url: RequestInfo | URL, init?: RequestInit) => {
    asked.push([url instanceof Request ? url.url : url.toString(), init])
    return Promise.resolve(answer())
  }
  return { asked, fetch }
}

describe('createStatusListFetcher', () => {
  test('fetches the text', async () => {
    const { fetch, asked } = host(() => new Response('e30.e30.sig'))
    expect(await createStatusListFetcher({ fetch })(list)).toBe('e30.e30.sig')
    expect(asked[0]?.[1]).toMatchObject({ redirect: 'error', credentials: 'omit' })
  })

  test('asks once a minute', async () => {
    let now = 0
    const { fetch, asked } = host(() => new Response('list'))
    const get = createStatusListFetcher({ fetch, now: () => now })
    await Promise.all([get(list), get(list)])
    now = 59_999
    await get(list)
    expect(asked).toHaveLength(1)
    now = 60_000
    await get(list)
    expect(asked).toHaveLength(2)
  })

  test('does not remember a failure', async () => {
    let status = 503
    const { fetch } = host(() => new Response('list', { status }))
    const get = createStatusListFetcher({ fetch })
    await expect(get(list)).rejects.toThrow('503')
    status = 200
    expect(await get(list)).toBe('list')
  })

  test.each([
    'http://livret.example/list',
    'https://127.0.0.1/list',
    'https://[::1]/list',
    'https://localhost/list',
    'http://localhost:3000/list',
    'https://10.0.0.1/list',
    'https://2130706433/list',
    'https://intranet/list',
    'https://printer.local/list',
    'https://user:secret@livret.example/list',
    'file:///etc/passwd',
    'urn:uuid:1',
    'no address',
  ])('does not ask %s', async (url) => {
    const { fetch, asked } = host(() => new Response('list'))
    await expect(createStatusListFetcher({ fetch })(url)).rejects.toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' }),
    )
    expect(asked).toEqual([])
  })

  test('asks this machine if it may', async () => {
    const { fetch } = host(() => new Response('list'))
    const get = createStatusListFetcher({ fetch, allowLoopbackHttp: true })
    expect(await get('http://localhost:3000/list')).toBe('list')
  })

  test('stops reading after 1 MB', async () => {
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => {
          controller.enqueue(new Uint8Array(65_536).fill(65))
        },
      })
    const { fetch } = host(() => new Response(endless()))
    await expect(createStatusListFetcher({ fetch })(list)).rejects.toThrow('larger')
  })
})
