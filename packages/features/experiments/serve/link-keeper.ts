import { logSecurity, type SecurityEvent } from "@calcom/lib/security-log";
import { sentence } from "@calcom/lib/sentence";
import { DAY_MS } from "@calcom/lib/time";
import { ExperimentError } from "../types/errors";
import type { HostId } from "../types/host-id";
import { allows, type Permission } from "../utils/permissions";
import { noSuchExperiment } from "../utils/refusals";
import { type Actor, rightOf } from "./access.service";
import type { LinkOfMaker, PreviewLinksRepository, StoredPreviewLink } from "./preview-links.repository";

/** People who may change an experiment may make links to it. A link ends when its maker may no longer do so. */
const TO_MAKE_LINKS: Permission = "edit";

/** Of one kind and one experiment at one time. Each is listed, so that each can be revoked. */
const MOST_LINKS = 100;

export interface LinkKeeperParts {
  /** @throws where the actor may not, whatever a session says. */
  authorize: (actor: Actor, permission: Permission) => Promise<HostId>;
  stored: Pick<PreviewLinksRepository, "add" | "list" | "remove" | "find" | "findByHash">;
  clock: () => number;
  maxDays: number;
  /** What the security log says of them. */
  events: { made: SecurityEvent; revoked: SecurityEvent };
}

export interface KeptLink {
  /** By which it is taken back. */
  id: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** Keeps links for people without an account: who may make them, how long they last, and what ends them before. */
export class LinkKeeper {
  readonly #parts: LinkKeeperParts;

  constructor(parts: LinkKeeperParts) {
    this.#parts = parts;
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed` */
  authorize(actor: Actor): Promise<HostId> {
    return this.#parts.authorize(actor, TO_MAKE_LINKS);
  }

  /**
   * @param tokenHash of what opens it; null where a signature does
   * @throws ExperimentError `too_many_links` where the experiment has too many that still work; `not_found` where it is gone
   */
  async keep(
    makerId: HostId,
    { slug, days, tokenHash }: { slug: string; days: number; tokenHash: string | null },
  ): Promise<KeptLink> {
    const { stored, clock, maxDays, events } = this.#parts;
    const expiresAt = clock() + Math.min(days, maxDays) * DAY_MS;
    const link = await stored.add(
      makerId,
      { slug, expiresAt: new Date(expiresAt), tokenHash },
      (others) => others.filter(isOfWhoMay).length < MOST_LINKS,
    );
    if (link === "full")
      throw new ExperimentError(
        "too_many_links",
        sentence("This experiment has {{most}} links that still work. Revoke one of them first.", {
          most: String(MOST_LINKS),
        }),
      );
    if (link === null) throw noSuchExperiment(slug);
    logSecurity(events.made, { userId: makerId, slug, days });
    return { ...link, expiresAt };
  }

  /**
   * Those of an experiment that still work.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`
   */
  async list(actor: Actor, slug: string): Promise<StoredPreviewLink[]> {
    await this.authorize(actor);
    return this.#listAlive(slug);
  }

  async #listAlive(slug: string): Promise<StoredPreviewLink[]> {
    const links = await this.#parts.stored.list(slug);
    const alive = await this.findAlive(links.map(({ id }) => id));
    return links.filter(({ id }) => alive.has(id));
  }

  /**
   * Ends a link, and whatever it has opened.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`; `not_found` where it is gone already
   */
  async revoke(actor: Actor, { slug, id }: { slug: string; id: string }): Promise<void> {
    const actorId = await this.authorize(actor);
    if (!(await this.#parts.stored.remove(actorId, slug, id)))
      throw new ExperimentError("not_found", "This link no longer exists. Reload the page.");
    logSecurity(this.#parts.events.revoked, { userId: actorId, slug });
  }

  /** Those that were not taken back, whose maker is there and may still make some. */
  async findAlive(ids: string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const links = await this.#parts.stored.find(ids);
    return new Set(links.filter(isOfWhoMay).map(({ id }) => id));
  }

  /** The experiment whose link a secret opens, under the same conditions; null for any other secret. */
  async findOpened(tokenHash: string): Promise<string | null> {
    const link = await this.#parts.stored.findByHash(tokenHash);
    return link !== null && isOfWhoMay(link) ? link.slug : null;
  }
}

function isOfWhoMay(link: LinkOfMaker): boolean {
  const role = rightOf(link);
  return role !== null && allows(role, TO_MAKE_LINKS);
}
