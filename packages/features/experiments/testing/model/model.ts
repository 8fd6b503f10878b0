// What we believe the database holds, in the plainest terms. It shares no code with the product, only its types.
import { randomUUID } from "node:crypto";
import type { ExperimentAnswer, Reason } from "../../types/answers";
import type { AssignmentType, Status, Unit } from "../../types/settings";

export interface ModelConversion {
  event: string;
  key: string;
  /** As the database has it; what counts depends on it. */
  occurredAt: Date | null;
}

export interface ModelRow {
  /** Learned from the database, where it is what remains of an erased subject. */
  id: string | null;
  /** `user:1`; null once erased. */
  subject: string | null;
  /** Whom an erased visitor was joined to: its rows stay one person's. */
  erasedPerson: number | null;
  variant: string;
  epochs: number[];
  isExposed: boolean;
  /** Written at a visitor's first sight, and not confirmed since: without an exposure it is in no count. */
  isProvisional: boolean;
  assignedAt: Date | null;
  exposedAt: Date | null;
  conversions: ModelConversion[];
}

export interface ModelExperiment {
  slug: string;
  unit: Unit;
  assignmentType: AssignmentType;
  status: Status;
  version: number;
  weights: Record<string, number>;
  traffic: number;
  winner: string | null;
  endedAt: Date | null;
  epochs: { weights: Record<string, number>; traffic: number }[];
  rows: ModelRow[];
  /** The traffic share at which a subject was found outside. */
  outsideAt: Map<string, number>;
}

export interface Browser {
  visitorId: string;
  userId: number | null;
  /** It has opened no page yet. */
  isNew: boolean;
  /** It keeps no cookie: each page that it opens from elsewhere makes a visitor. */
  isBlocking: boolean;
}

/** Who a request is from: without a cookie there is no visitor. */
export type From = Pick<Browser, "userId"> & { visitorId: string | null };

export interface Model {
  experiments: ModelExperiment[];
  browsers: Browser[];
  users: number[];
  teams: { id: number; memberIds: number[] }[];
  /** Visitor to user. */
  links: Map<string, number>;
}

export function aBrowser({ isBlocking = false } = {}): Browser {
  return { visitorId: randomUUID(), userId: null, isNew: true, isBlocking };
}

export const isWaiting = ({ isProvisional, isExposed }: ModelRow): boolean => isProvisional && !isExposed;

export const isLive = ({ status }: ModelExperiment): boolean => status === "running" || status === "paused";

/** The subject of a request from that browser; null where the experiment's unit has none. */
export function subjectOf(
  { unit }: ModelExperiment,
  { userId, visitorId }: From,
  teamId: number | undefined,
): string | null {
  const id = { user: userId, team: teamId ?? null, visitor: visitorId }[unit];
  return id === null ? null : `${unit}:${id}`;
}

/** The row that speaks for the subject: of a person's browsers the first that saw something, else its own. */
export function speakingRow(
  model: Model,
  experiment: ModelExperiment,
  browser: From,
  subject: string | null,
): ModelRow | undefined {
  const own = experiment.rows.find((row) => subject !== null && row.subject === subject);
  if (experiment.unit !== "visitor") return own;
  const rows = rowsOfPerson(model, experiment, browser);
  const seen = rows.filter(({ isExposed }) => isExposed).sort(inOrder);
  return seen[0] ?? own ?? rows.sort(inOrder)[0];
}

export function rowsOfPerson(model: Model, { rows }: ModelExperiment, browser: From): ModelRow[] {
  const person = browser.userId ?? model.links.get(browser.visitorId ?? "");
  const subjects = new Set([`visitor:${browser.visitorId}`]);
  for (const [visitorId, userId] of model.links) if (userId === person) subjects.add(`visitor:${visitorId}`);
  return rows.filter(({ subject }) => subject !== null && subjects.has(subject));
}

/** What may be answered: one outcome, or, where the hash decides, two. */
export function expectedAnswer(
  experiment: ModelExperiment,
  subject: string | null,
  row: ModelRow | undefined,
): { reasons: Reason[]; variant: string | null | undefined } {
  const only = (reason: Reason, variant: string | null = null) => ({ reasons: [reason], variant });
  if (["concluded", "archived"].includes(experiment.status) && experiment.winner !== null)
    return only("winner", experiment.winner);
  if (!isLive(experiment)) return only("not_running");
  if (subject === null) return only("no_unit");
  if (row) return only("sticky", row.variant);
  if (experiment.status === "paused") return only("paused");
  if (experiment.traffic === 100) return { reasons: ["allocated"], variant: undefined };
  if (experiment.traffic === 0) return only("not_in_traffic");
  return { reasons: ["allocated", "not_in_traffic"], variant: undefined };
}

/** Keeps what an answer has told; throws where it cannot be true together with what was told before. */
export function learn(
  experiment: ModelExperiment,
  subject: string,
  answer: Pick<ExperimentAnswer, "reason" | "variant">,
  isFirstSight = false,
): void {
  const { traffic, outsideAt, weights, epochs, unit } = experiment;
  if (answer.reason === "not_in_traffic")
    outsideAt.set(subject, Math.max(traffic, outsideAt.get(subject) ?? 0));
  if (answer.reason !== "allocated" || answer.variant === null) return;
  if ((outsideAt.get(subject) ?? -1) >= traffic)
    throw new Error(`${subject} was outside at ${outsideAt.get(subject)} % and is inside at ${traffic} %.`);
  if (!weights[answer.variant]) throw new Error(`${answer.variant} has no share, and ${subject} got it.`);
  experiment.rows.push({
    id: null,
    subject,
    erasedPerson: null,
    variant: answer.variant,
    epochs: [epochs.length],
    isExposed: false,
    isProvisional: isFirstSight && unit === "visitor",
    assignedAt: null,
    exposedAt: null,
    conversions: [],
  });
}

/** Who of a person's rows was first: by exposure, by assignment, and in one batch by the id alone. */
export function inOrder(a: ModelRow, b: ModelRow): number {
  const seen = ({ exposedAt }: ModelRow) => Number(exposedAt ?? Infinity);
  if (seen(a) !== seen(b)) return seen(a) - seen(b);
  return Number(a.assignedAt) - Number(b.assignedAt) || (String(a.id) < String(b.id) ? -1 : 1);
}
