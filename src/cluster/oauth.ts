import { ConnectionError } from './connection-error.ts'

/** Where a client gets its token, and what it shows for it (OAuth 2.0 client credentials). */
export interface TokenEndpoint {
  readonly url: string
  readonly id: string
  readonly secret: string
  readonly scope: string | undefined
}

/** How long the token endpoint may take, in milliseconds. */
const PATIENCE = 10_000

/** Asks the endpoint that the connection file names for a token. */
export async function fetchToken({ url, id, secret, scope }: TokenEndpoint): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) })
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body,
    signal: AbortSignal.timeout(PATIENCE),
  }).catch((error: unknown) => {
    throw new ConnectionError(
      `the token endpoint ${url} does not answer: ${error instanceof Error ? error.message : String(error)}`,
    )
  })
  if (!answer.ok) throw new ConnectionError(`the token endpoint ${url} answers ${answer.status}`)
  const { access_token: token } = (await answer.json()) as { access_token?: unknown }
  if (typeof token !== 'string') throw new ConnectionError(`the token endpoint ${url} gives no access_token`)
  return token
}
