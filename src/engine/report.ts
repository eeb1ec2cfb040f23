import type { Role, Topics, Usage } from '../model/client.ts'
import type { Bootstrap, ClusterProblem, Reach, SentRequest, Service } from '../model/cluster.ts'
import type { CommitBehaviour } from '../model/commit.ts'
import type { Skipped } from '../model/document.ts'
import type { Group, VersionEvidence } from '../model/facts.ts'
import type { Intent } from '../model/intent.ts'
import type { Location, Related } from '../model/location.ts'
import type { Dependency } from '../model/project.ts'
import type { Gap, Origin } from '../model/setting.ts'
import type { Value } from '../model/value.ts'
import type { Cell, Guarantee, TraceStep } from '../model/verdict.ts'
import type { Confidence, Need, Severity, Subject } from '../rule/finding.ts'
import type { RuleFailure } from './evaluate.ts'

/**
 * The one value that every output format renders. Paths are relative to the root of the audit, with `/`; secrets are masked; nothing in it
 * depends on the machine or the hour, so the same input gives the same bytes. Its JSON form is described by `semcheck schema report`.
 */
export interface Report {
  readonly schemaVersion: 1
  readonly tool: { readonly name: string; readonly version: string }
  readonly root: '.'
  /** False when something the user asked for could not be read, or a rule failed. */
  readonly complete: boolean
  readonly summary: Summary
  readonly projects: readonly ReportProject[]
  readonly clients: readonly ReportClient[]
  /** Consumers whose handler was followed, with what can become of their messages. */
  readonly pipelines: readonly ReportPipeline[]
  /** Only where a cluster was asked. */
  readonly cluster?: ReportCluster
  readonly findings: readonly ReportFinding[]
  readonly notEvaluated: readonly ReportNotEvaluated[]
  readonly skipped: readonly Skipped[]
  readonly failures: readonly RuleFailure[]
}

export interface Summary {
  /** Reported findings only: neither hidden nor ignored. */
  readonly findings: Readonly<Record<Severity, number>>
  /** Left out by the persona, by reason. */
  readonly hidden: { readonly pedantic: number; readonly lowConfidence: number }
  readonly ignored: number
  readonly notEvaluated: number
  readonly clients: Readonly<Record<Role, number>>
  readonly keyWrites: number
  /** Files chosen for reading. */
  readonly files: number
  /** Rules that were run. */
  readonly rules: number
}

/** A folder with manifests, and what they say of the libraries that clients in it use. */
export interface ReportProject {
  readonly path: string
  readonly manifests: readonly string[]
  readonly dependencies: readonly Dependency[]
}

export interface ReportClient {
  readonly id: string
  readonly role: Role
  readonly name: string
  readonly language: string
  readonly location: Location
  readonly related: readonly Related[]
  readonly confidence: Confidence
  /** One per library version class it may be in. */
  readonly variants: readonly ReportVariant[]
  /** When it commits by itself; one entry unless its versions differ. */
  readonly commits: readonly ReportCommit[]
  readonly topics: Topics
  readonly usage: Usage
  readonly group: Group
  readonly cluster?: string
  readonly intent?: Intent
  readonly deployments: readonly {
    readonly kind: string
    readonly name: string
    readonly location: Location
  }[]
  /** True when nothing unseen can be among the settings, so that an absent key is a fact. */
  readonly complete: boolean
  readonly gaps: readonly Gap[]
  readonly settings: readonly ReportSetting[]
}

/** One consumer with its handler, judged under every fault. */
export interface ReportPipeline {
  /** Id of the consumer. */
  readonly consumer: string
  readonly handler: { readonly name: string; readonly location: Location }
  readonly guarantee: Guarantee
  /** What keeps it from more. */
  readonly weakest?: string
  readonly assumptions: readonly string[]
  /** False where the search was cut at its bounds: what it did not find may be there. */
  readonly exhaustive: boolean
  readonly faults: readonly Cell[]
}

/** The cluster that was asked, and how far. */
export interface ReportCluster {
  readonly clusterId: string | null
  readonly service: Service
  /** ISO 8601, UTC. */
  readonly takenAt: string
  readonly principal: string | null
  readonly bootstrap: readonly Bootstrap[]
  readonly brokers: readonly {
    readonly id: number
    readonly address: string
    readonly reach: Reach
    /** Why its settings could not be had. */
    readonly configs?: string
    readonly atLeast?: string
  }[]
  readonly topics: ReportListing
  readonly groups: ReportListing
  readonly transactionalIds: ReportListing
  /** Why the ACLs could not be had; absent where they could. */
  readonly acls?: string
  readonly problems: readonly ClusterProblem[]
  /** Every request that was sent, with --show-requests. */
  readonly requests?: readonly SentRequest[]
}

export interface ReportListing {
  readonly seen: number
  readonly complete: boolean
  readonly reason?: string
}

export interface ReportVariant {
  readonly library: string
  readonly title: string
  readonly from: string
  readonly until?: string
  readonly evidence: VersionEvidence
}

/** `variants` are the versions it holds for, by their index in the client's `variants`; absent where it holds for all. */
export interface ReportCommit extends CommitBehaviour {
  readonly variants?: readonly number[]
}

export type ReportValue = Value | { readonly kind: 'redacted' }

/** One effective setting. `variants` as in ReportCommit. */
export interface ReportSetting {
  readonly key: string
  readonly spelled?: string
  readonly value: ReportValue
  readonly origin: Origin
  readonly confidence: Confidence
  readonly variants?: readonly number[]
}

export interface ReportFinding {
  readonly rule: string
  readonly severity: Severity
  readonly confidence: Confidence
  readonly status: 'reported' | 'ignored'
  /** The reason given in the ignore comment. */
  readonly ignoreReason?: string
  readonly subject: Subject
  readonly message: string
  readonly why: string
  readonly fix: string
  readonly location: Location | null
  readonly related: readonly Related[]
  readonly trace?: readonly TraceStep[]
  readonly fingerprint: string
}

export interface ReportNotEvaluated {
  readonly rule: string
  readonly subject: Subject
  readonly need: Need
  readonly reason: string
  readonly location: Location | null
}
