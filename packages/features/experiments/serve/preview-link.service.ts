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
import type { Permission } from "../utils/permissions";
import type { Actor } from "./access.service";

export const MAX_LINK_DAYS = 30;

export interface PreviewLinkParts {
  /** @throws where the actor may not, whatever a session says. */
  authorize: (actor: Actor, permission: Permission) => Promise<unknown>;
  /** @throws where it is not there. */
  detail: (actor: Actor, slug: string) => Promise<ExperimentDetail>;
  secret: () => string;
  clock: () => number;
}

export interface PreviewLinks {
  expiresAt: Date;
  /** The query to append to the address of a page. */
  links: { variant: string; query: string }[];
}

/** Makes links that show a variant to people without an account, and that expire. */
export class PreviewLinkService {
  readonly #parts: PreviewLinkParts;

  constructor(parts: PreviewLinkParts) {
    this.#parts = parts;
  }

  /**
   * Makes a link for each variant, of drafts too.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `damaged_config`
   */
  async mint(actor: Actor, { slug, days }: { slug: string; days: number }): Promise<PreviewLinks> {
    await this.#parts.authorize(actor, "edit");
    const { config } = await this.#parts.detail(actor, slug);
    if (config === null)
      throw new ExperimentError(
        "damaged_config",
        sentence("The stored configuration of {{slug}} cannot be read: restore it in the database first.", {
          slug,
        }),
      );
    const expiresAt = this.#parts.clock() + Math.min(days, MAX_LINK_DAYS) * DAY_MS;
    const links = config.variants.map(async ({ name: variant }) => {
      const token = await signPreview({ slug, variant }, expiresAt, this.#parts.secret());
      return { variant, query: previewQuery([{ slug, variant, token }]) };
    });
    return { expiresAt: new Date(expiresAt), links: await Promise.all(links) };
  }

  /** Whether one of the tokens shows that variant; `expired` if one of them did. */
  async verify(wanted: WantedVariant, tokens: string[]): Promise<VerifiedPreview> {
    let isExpired = false;
    for (const token of tokens) {
      const verified = await verifyPreview(wanted, token, this.#parts.secret(), this.#parts.clock());
      if (verified.status === "valid") return verified;
      isExpired ||= verified.status === "expired";
    }
    return { status: isExpired ? "expired" : "forged" };
  }
}
