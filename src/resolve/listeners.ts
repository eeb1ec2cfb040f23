import type { Client } from '../model/facts.ts'
import type { Handler } from '../model/handler.ts'

/**
 * Listeners and templates have the settings of what the application configures elsewhere, in code or in its files: where it does, they are
 * told together. Several that nothing configures are one.
 */
export function joinListeners(
  clients: readonly Client[],
  handlers: readonly Handler[],
): { readonly clients: readonly Client[]; readonly handlers: readonly Handler[] } {
  const provisional = clients.filter((client) => client.provisional)
  if (provisional.length === 0) return { clients, handlers }
  const owners = new Map<string, readonly Client[]>()
  const kept = clients.filter((client) => !client.provisional)
  for (const one of provisional) {
    const configured = kept.filter((other) => !other.provisional && sameApplication(one, other))
    const sameGroup = configured.filter((other) => groupOf(other) !== undefined && groupOf(other) === groupOf(one))
    const found = sameGroup.length > 0 ? sameGroup : configured
    const twin =
      found.length > 0
        ? []
        : kept.filter((other) => other.provisional && sameApplication(one, other) && groupOf(other) === groupOf(one))
    if (found.length === 0 && twin.length === 0) kept.push(one)
    else owners.set(one.id, found.length > 0 ? found : twin)
  }
  const calls = new Map<string, Client['calls']>()
  for (const one of provisional)
    for (const owner of owners.get(one.id) ?? []) calls.set(owner.id, [...(calls.get(owner.id) ?? []), ...one.calls])
  return {
    clients: kept.map((client) => {
      const more = calls.get(client.id)
      return more && more.length > 0 ? { ...client, calls: [...client.calls, ...more] } : client
    }),
    handlers: handlers.map((handler) => {
      const consumers = [...new Set(handler.consumers.flatMap((id) => owners.get(id)?.map((owner) => owner.id) ?? [id]))].sort()
      return { ...handler, consumers }
    }),
  }
}

function sameApplication(a: Client, b: Client): boolean {
  const libraries = new Set(a.variants.map(({ library }) => library))
  return a.role === b.role && a.folder === b.folder && b.variants.some(({ library }) => libraries.has(library))
}

function groupOf({ group }: Client): string | undefined {
  return group.kind === 'named' ? group.id : undefined
}
