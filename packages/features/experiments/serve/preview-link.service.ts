import type { Secrets } from "@calcom/lib/secrets";
import { logSecurity } from "@calcom/lib/security-log";
import { sentence } from "@calcom/lib/sentence";
import { DAY_MS } from "@calcom/lib/time";
import {
  previewQuery,
  signPreview,
  type VerifiedPreview,
  verifyPreview,
  type WantedVariant,
} from "../lib/preview-link";
import type { ExperimentDetail } from "../types/admin";
import { ExperimentError } from "../types/errors";
import { allows, type Permission } from "../utils/permissions";
import { type Actor, rightOf } from "./access.service";
import type { PreviewLinksRepository, StoredPreviewLink } from "./preview-links.repository";

export const MAX_LINK_DAYS = 30;

/** Whoever may change an experiment makes its links, and a link lasts for as long as its maker may. */
const TO_MAKE_LINKS: Permission = "edit";

export interface PreviewLinkParts {
  /** @throws where the actor may not, whatever a session says. */
  authorize: (actor: Actor, permission: Permission) => Promise<number>;
  /** @throws where it is not there. */
  detail: (actor: Actor, slug: string) => Promise<ExperimentDetail>;
  stored: Pick<PreviewLinksRepository, "add" | "list" | "remove" | "find">;
  /** The first one signs. */
  secrets: () => Secrets;
  clock: () => number;
}

export interface PreviewLinks {
  /** By which they are taken back, all together. */
  id: string;
  expiresAt: Date;
  /** The query to append to the address of a page. */
  links: { variant: string; query: string }[];
}

/** Makes links that show a variant to people without an account, that expire, and that can be taken back. */
export class PreviewLinkService {
  readonly #parts: PreviewLinkParts;

  constructor(parts: PreviewLinkParts) {
    this.#parts = parts;
  }

  /**
   * Makes a link for each variant, of drafts too. The audit log has who did.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `damaged_config`
   */
  async mint(actor: Actor, { slug, days }: { slug: string; days: number }): Promise<PreviewLinks> {
    const makerId = await this.#parts.authorize(actor, TO_MAKE_LINKS);
    const { config } = await this.#parts.detail(actor, slug);
    if (config === null)
      throw new ExperimentError(
        "damaged_config",
        sentence("The stored configuration of {{slug}} can’t be read. Restore it in the database first.", {
          slug,
        }),
      );
    const expiresAt = this.#parts.clock() + Math.min(days, MAX_LINK_DAYS) * DAY_MS;
    const linkId = await this.#parts.stored.add(makerId, slug, new Date(expiresAt));
    logSecurity("preview_links_made", { userId: makerId, slug, days });
    const links = config.variants.map(async ({ name: variant }) => {
      const token = await signPreview({ slug, variant }, { linkId, expiresAt }, this.#parts.secrets()[0]);
      return { variant, query: previewQuery([{ slug, variant, token }]) };
    });
    return { id: linkId, expiresAt: new Date(expiresAt), links: await Promise.all(links) };
  }

  /**
   * The links of an experiment that still work, without what would open them.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`
   */
  async list(actor: Actor, slug: string): Promise<StoredPreviewLink[]> {
    await this.#parts.authorize(actor, TO_MAKE_LINKS);
    const links = await this.#parts.stored.list(slug);
    const alive = await this.findAlive(links.map(({ id }) => id));
    return links.filter(({ id }) => alive.has(id));
  }

  /**
   * Ends a link, and every preview that it has opened.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`; `not_found` where it is gone already
   */
  async revoke(actor: Actor, { slug, id }: { slug: string; id: string }): Promise<void> {
    const actorId = await this.#parts.authorize(actor, TO_MAKE_LINKS);
    if (!(await this.#parts.stored.remove(actorId, slug, id)))
      throw new ExperimentError("not_found", "This link no longer exists. Reload the page.");
    logSecurity("preview_links_revoked", { userId: actorId, slug });
  }

  /** Whether one of the tokens shows that variant; `expired` if one of them did. */
  async verify(wanted: WantedVariant, tokens: string[]): Promise<VerifiedPreview> {
    let isExpired = false;
    for (const token of tokens) {
      const verified = await verifyPreview(wanted, token, this.#parts.secrets(), this.#parts.clock());
      if (verified.status === "valid" && (await this.findAlive([verified.linkId])).has(verified.linkId))
        return verified;
      isExpired ||= verified.status !== "forged";
    }
    return { status: isExpired ? "expired" : "forged" };
  }

  /** Those links that were not taken back, whose maker is there and may still make some. */
  async findAlive(ids: string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const links = await this.#parts.stored.find(ids);
    return new Set(links.filter((link) => mayMake(rightOf(link))).map(({ id }) => id));
  }
}

function mayMake(role: ReturnType<typeof rightOf>): boolean {
  return role !== null && allows(role, TO_MAKE_LINKS);
}
