import type { CallerTransaction } from "../sql/caller-transaction";
import type { ExperimentAnswer } from "../types/answers";
import type { ConversionReport, ExposureReport } from "../types/reports";
import type { Unit } from "../types/settings";
import type { Overrides } from "../utils/overrides";
import type { AssignmentsRepository } from "./assignments.repository";
import type { ConfigCache } from "./config/config-cache";
import { CreditingService, type CreditOptions } from "./crediting.service";
import type { CreditsRepository } from "./credits.repository";
import { DecisionService } from "./decision.service";
import type { EnrolmentLimiter } from "./enrolment-limiter";
import type { EventOutbox } from "./events/event-outbox";
import type { FactsRepository } from "./facts.repository";
import type { Identity, NamedSubject } from "./identity";
import { LookupService } from "./lookup.service";
import type { MembershipsRepository } from "./memberships.repository";
import { RecordingService } from "./recording.service";
import type { RecordingsRepository } from "./recordings.repository";
import type { ServerConversion } from "./server-conversion";
import { type DecisionRequest, requestsFor, vouchedFor } from "./subject";
import type { VisitorLinksRepository } from "./visitor-links.repository";

export type { DecisionRequest } from "./subject";

export interface ExperimentsServiceParts {
  configs: Pick<ConfigCache, "getMany" | "all" | "stamp">;
  assignments: Pick<AssignmentsRepository, "find" | "insert">;
  memberships: MembershipsRepository;
  recordings: Pick<RecordingsRepository, "expose" | "convert">;
  visitorLinks: VisitorLinksRepository;
  credits: Pick<CreditsRepository, "credit" | "creditWithin">;
  facts: Pick<FactsRepository, "load">;
  limiter: EnrolmentLimiter;
  outbox: Pick<EventOutbox, "kick">;
  clock: () => number;
  random: () => number;
  log: {
    warn(message: string, facts?: Record<string, unknown>): void;
    error(message: string, facts?: Record<string, unknown>): void;
  };
}

/** Decides, exposes and converts, for any page and any server code. */
export class ExperimentsService {
  readonly #parts: ExperimentsServiceParts;
  readonly #decisions: DecisionService;
  readonly #records: RecordingService;
  readonly #credits: CreditingService;

  constructor(parts: ExperimentsServiceParts) {
    this.#parts = parts;
    const lookup = new LookupService(parts);
    this.#decisions = new DecisionService({ ...parts, lookup });
    this.#records = new RecordingService({ ...parts, lookup });
    this.#credits = new CreditingService({ ...parts, lookup });
  }

  /**
   * Decides for the request's own subject, in the order of the requests. Rows are durable before the answer, and the
   * answer is what is stored. If the database does not respond, the reason is `unavailable`.
   *
   * Previewed variants are answered without a row. `overrides` replaces those of the identity.
   *
   * @throws ExperimentError `claim_refused` if a request names a subject that is not the caller's
   */
  async decide(
    identity: Identity,
    requests: DecisionRequest[],
    overrides: Overrides | undefined = identity.overrides,
  ): Promise<ExperimentAnswer[]> {
    const decided = await this.#decisions.decide(identity, requests, overrides);
    return decided.map(({ answer }) => answer);
  }

  /**
   * Says what `decide` would answer, without writing: for pages that may never be looked at. The row of an `allocated`
   * answer is written when its exposure is reported. Null if the variant would be drawn at random.
   *
   * @throws ExperimentError `claim_refused`
   */
  async foresee(identity: Identity, requests: DecisionRequest[]): Promise<(ExperimentAnswer | null)[]> {
    const decided = await this.#decisions.decide(identity, requests, undefined, { isDry: true });
    return decided.map(({ answer }) =>
      answer.reason === "allocated" && answer.assignmentType === "random" ? null : answer,
    );
  }

  /** Like `decide`, for a subject that the calling code vouches for; in the order of the slugs. */
  async decideFor(subject: NamedSubject, slugs: string[]): Promise<ExperimentAnswer[]> {
    const decided = await this.#decisions.decide(
      vouchedFor(subject),
      requestsFor(subject, slugs),
      noOverrides,
      isVouchedFor,
    );
    return decided.map(({ answer }) => answer);
  }

  /** Like `recordExposures`, for a subject that the calling code vouches for. */
  async exposeFor(subject: NamedSubject, slugs: string[]): Promise<{ recorded: number }> {
    return this.#records.expose(
      await this.#decisions.decide(
        vouchedFor(subject),
        requestsFor(subject, slugs),
        noOverrides,
        isVouchedFor,
      ),
    );
  }

  /**
   * Marks variants as seen, once, and returns how many were seen for the first time. A report is ignored if it names
   * another variant than the stored one: that page did not show this assignment.
   *
   * @throws ExperimentError `claim_refused`; `unavailable` if the report should be sent again
   */
  async recordExposures(identity: Identity, reports: ExposureReport[]): Promise<{ recorded: number }> {
    const arrivedAt = performance.now();
    return this.#records.expose(await this.#decisions.decide(identity, reports), reports, arrivedAt);
  }

  /**
   * Stores conversions that a browser reports for the request's own subject, for one experiment or for every one that
   * declares the event. Subjects without a row are ignored. Whether a conversion counts is decided when results are
   * computed, so that a click may overtake its exposure.
   *
   * @throws ExperimentError `event_not_declared`, `claim_refused`, `rate_limited`
   */
  recordConversions(identity: Identity, reports: ConversionReport[]): Promise<{ recorded: number }> {
    return this.#records.convert(identity, reports);
  }

  /**
   * Stores a conversion that server code vouches for, with every experiment that its subject is in. The event need not
   * be declared, so that a metric defined tomorrow finds it. Returns in how many experiments it was new.
   *
   * @throws ExperimentError `invalid_conversion`, `claim_refused`; `unavailable` if it should be reported again
   */
  trackConversion(
    conversion: string | ServerConversion,
    options: CreditOptions,
  ): Promise<{ recorded: number }> {
    return this.#credits.track(conversion, options);
  }

  /**
   * The same within the caller's transaction: it is committed and rolled back together with it. It waits a second at
   * most and never rejects; a failure is undone, and becomes one line in the log.
   */
  trackConversionWithin(
    tx: CallerTransaction,
    conversion: string | ServerConversion,
    options: CreditOptions,
  ): Promise<{ recorded: number }> {
    return this.#credits.trackWithin(tx, conversion, options);
  }

  /** Lists running experiments. Targeting, shares and payloads are left out on purpose. */
  async listActive(): Promise<{ slug: string; unit: Unit; variants: string[] }[]> {
    const experiments = await this.#parts.configs.all();
    return experiments
      .filter(({ status }) => status === "running")
      .map(({ slug, unit, variants }) => ({ slug, unit, variants: [...variants] }))
      .sort((a, b) => a.slug.localeCompare(b.slug));
  }

  /** Identifies the state of all configurations. A browser must not use answers that it kept from another state. */
  stamp(): Promise<string> {
    return this.#parts.configs.stamp();
  }

  /**
   * Links a browser to the person who signed in with it, for good. `isTheirs` is false if it was linked to somebody
   * else before: then it needs a new visitor.
   */
  async linkVisitor(userId: number, visitorId: string): Promise<{ isTheirs: boolean }> {
    return { isTheirs: (await this.#parts.visitorLinks.link(visitorId, userId)) === userId };
  }

  /** Forgets a browser when consent is withdrawn. Its links and ids are deleted; what was counted stays counted. */
  async forgetVisitor(visitorId: string): Promise<void> {
    await this.#parts.visitorLinks.forget(visitorId);
  }
}

const noOverrides: Overrides = {};
const isVouchedFor = { isVouchedFor: true };
