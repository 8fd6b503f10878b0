import type { Secrets } from "@calcom/lib/secrets";
import { sentence } from "@calcom/lib/sentence";
import {
  previewQuery,
  signPreview,
  type VerifiedPreview,
  verifyPreview,
  type WantedVariant,
} from "../lib/preview-link";
import type { ExperimentDetail } from "../types/admin";
import { ExperimentError } from "../types/errors";
import type { Actor } from "./access.service";
import type { LinkKeeper } from "./link-keeper";
import type { StoredPreviewLink } from "./preview-links.repository";

export const MAX_LINK_DAYS = 30;

export interface PreviewLinkParts {
  /** @throws where it is not there. */
  detail: (actor: Actor, slug: string) => Promise<ExperimentDetail>;
  keeper: LinkKeeper;
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
   * Makes a link for each variant, of drafts too, and records the maker in the audit log.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `damaged_config`
   */
  async mint(actor: Actor, { slug, days }: { slug: string; days: number }): Promise<PreviewLinks> {
    const { keeper, detail, secrets } = this.#parts;
    const makerId = await keeper.authorize(actor);
    const { config } = await detail(actor, slug);
    if (config === null)
      throw new ExperimentError(
        "damaged_config",
        sentence("The stored configuration of {{slug}} can’t be read. Restore it in the database first.", {
          slug,
        }),
      );
    const { id: linkId, expiresAt } = await keeper.keep(makerId, { slug, days, tokenHash: null });
    const links = config.variants.map(async ({ name: variant }) => {
      const token = await signPreview({ slug, variant }, { linkId, expiresAt }, secrets()[0]);
      return { variant, query: previewQuery([{ slug, variant, token }]) };
    });
    return { id: linkId, expiresAt: new Date(expiresAt), links: await Promise.all(links) };
  }

  /**
   * The links of an experiment that still work, without what would open them.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`
   */
  list(actor: Actor, slug: string): Promise<StoredPreviewLink[]> {
    return this.#parts.keeper.list(actor, slug);
  }

  /**
   * Ends a link, and every preview that it has opened.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`; `not_found` where it is gone already
   */
  revoke(actor: Actor, link: { slug: string; id: string }): Promise<void> {
    return this.#parts.keeper.revoke(actor, link);
  }

  /** Whether one of the tokens shows that variant; `expired` if one of them did. */
  async verify(wanted: WantedVariant, tokens: string[]): Promise<VerifiedPreview> {
    const { secrets, clock } = this.#parts;
    let isExpired = false;
    for (const token of tokens) {
      const verified = await verifyPreview(wanted, token, secrets(), clock());
      if (verified.status === "valid" && (await this.findAlive([verified.linkId])).has(verified.linkId))
        return verified;
      isExpired ||= verified.status !== "forged";
    }
    return { status: isExpired ? "expired" : "forged" };
  }

  /** Those links that were not taken back, whose maker is there and may still make some. */
  findAlive(ids: string[]): Promise<Set<string>> {
    return this.#parts.keeper.findAlive(ids);
  }
}
