import { isAppError } from "@calcom/lib/errors";
import { sentence } from "@calcom/lib/sentence";
import { type Preview, signPreviews, verifyPreviews } from "../lib/preview-cookie";
import { readPreviewQuery, type WantedVariant } from "../lib/preview-link";
import { DatabaseUnavailable } from "../sql/database-unavailable";
import { ExperimentError } from "../types/errors";
import type { Status } from "../types/settings";
import type { Overrides } from "../utils/overrides";
import type { Actor } from "./access.service";
import type { ConfigCache } from "./config/config-cache";
import type { LinkKeeperParts } from "./link-keeper";
import type { OpenedPreviewsRepository } from "./opened-previews.repository";
import type { PreviewLinkParts, PreviewLinkService, PreviewLinks } from "./preview-link.service";
import type { StoredPreviewLink } from "./preview-links.repository";

/** A preview without a link ends after twelve hours, if it is not ended before. */
const OWN_PREVIEW_MS = 12 * 60 * 60 * 1000;

export interface PreviewParts
  extends Pick<PreviewLinkParts, "secrets" | "clock">,
    Pick<LinkKeeperParts, "authorize"> {
  configs: Pick<ConfigCache, "get">;
  links: PreviewLinkService;
  opened: Pick<OpenedPreviewsRepository, "note">;
  log: { warn(message: string, facts?: Record<string, unknown>): void };
  /** On a developer's machine everybody may preview everything. */
  isOpen: () => boolean;
}

/** The person who is signed in, and the cookie of their browser. */
export interface Viewer extends Actor {
  cookie: string | undefined;
}

export interface EnteredPreview {
  /** The new value of the cookie; null if it stays as it is. */
  cookie: string | null;
  /** The page's query without the parameters that ask for a preview. */
  query: string;
  /** Why a link shows nothing, if its holder should be told. */
  refusal: PreviewRefusal | null;
}

/** The link has expired, was not signed by us, names a variant that does not exist, or could not be checked. */
export type PreviewRefusal = "expired" | "invalid" | "unknown" | "unavailable";

/** The variants from which somebody who may preview can choose. */
export interface PreviewChoice {
  slug: string;
  status: Status;
  variants: string[];
  control: string;
}

/** Shows variants to people who do not take part. Nothing that happens in one is counted. */
export class PreviewService {
  readonly #parts: PreviewParts;

  constructor(parts: PreviewParts) {
    this.#parts = parts;
  }

  /**
   * Makes a query for each variant, of drafts too, that shows it to whoever has the link.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `damaged_config`
   */
  mintLinks(actor: Actor, order: { slug: string; days: number }): Promise<PreviewLinks> {
    return this.#parts.links.mint(actor, order);
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed` */
  listLinks(actor: Actor, slug: string): Promise<StoredPreviewLink[]> {
    return this.#parts.links.list(actor, slug);
  }

  /**
   * Takes links back, and with them every preview that they have opened.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`
   */
  revokeLinks(actor: Actor, link: { slug: string; id: string }): Promise<void> {
    return this.#parts.links.revoke(actor, link);
  }

  /** Reads which variants a page's address asks to preview, and grants those that a role or a signed link allows. */
  async enter(viewer: Viewer, search: URLSearchParams): Promise<EnteredPreview> {
    const { wanted, tokens, rest } = readPreviewQuery(search);
    const isAllowed = wanted.length > 0 && (await this.mayPreview(viewer));
    const entered: Preview[] = [];
    let refusal: PreviewRefusal | null = tokens.length > 0 && wanted.length === 0 ? "invalid" : null;
    for (const each of wanted) {
      const link = isAllowed ? null : await this.#parts.links.verify(each, tokens);
      if (link?.status === "expired") refusal = "expired";
      // Without a token there is no refusal at all: a difference would reveal which variants exist.
      else if (link?.status === "forged") refusal ??= tokens.length > 0 ? "invalid" : null;
      else if (!(await this.#isKnown(each))) refusal ??= "unknown";
      else if (link === null) entered.push(this.#own(viewer, each));
      else entered.push({ ...each, expiresAt: link.expiresAt, grantedTo: null, linkId: link.linkId });
    }
    await this.#noteOpened(entered);
    return {
      cookie: entered.length === 0 ? null : await this.#sign([...(await this.current(viewer)), ...entered]),
      query: rest.toString(),
      refusal,
    };
  }

  /**
   * Returns the cookie after a variant was chosen; null ends the preview of that experiment.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`; `not_found` if there is no such variant
   */
  async choose(viewer: Viewer, { slug, variant }: { slug: string; variant: string | null }): Promise<string> {
    const others = (await this.current(viewer)).filter((preview) => preview.slug !== slug);
    if (variant === null) return this.#sign(others);
    await this.#authorize(viewer);
    if (!(await this.#isKnown({ slug, variant })))
      throw new ExperimentError(
        "not_found",
        sentence("{{slug}} has no variant {{variant}}, or it was removed. Reload the page.", {
          variant,
          slug,
        }),
      );
    await this.#noteOpened([{ slug, variant }]);
    return this.#sign([...others, this.#own(viewer, { slug, variant })]);
  }

  /** @throws ExperimentError `not_signed_in`, `not_allowed` */
  async choices(actor: Actor, slugs: string[]): Promise<PreviewChoice[]> {
    await this.#authorize(actor);
    const experiments = await Promise.all(slugs.map((slug) => this.#parts.configs.get(slug)));
    return experiments.flatMap((experiment) => {
      // A plain flag has none.
      if (experiment === null || experiment.variants.length === 0) return [];
      const { slug, status, variants, control } = experiment;
      return [{ slug, status, variants: [...variants], control }];
    });
  }

  /** Those in force now: one by role ends with session and role, one by a link with the link and its maker's role. */
  async current(viewer: Viewer): Promise<Preview[]> {
    const previews = await verifyPreviews(viewer.cookie, this.#parts.secrets(), this.#parts.clock());
    const own = previews.some(({ grantedTo }) => grantedTo !== null && grantedTo === viewer.userId);
    // If the role cannot be read, a preview that was granted stays: it is not counted in any case.
    const isAllowed = own && (await this.#isAllowed(viewer, true));
    const alive = await this.#aliveLinks(previews.flatMap(({ linkId }) => linkId ?? []));
    return previews.filter(({ grantedTo, linkId }) =>
      grantedTo === null ? linkId !== null && alive.has(linkId) : isAllowed && grantedTo === viewer.userId,
    );
  }

  /** The same previews in the shape that deciding and recording take. */
  async overrides(viewer: Viewer): Promise<Overrides> {
    const previews = viewer.cookie === undefined ? [] : await this.current(viewer);
    return Object.fromEntries(previews.map(({ slug, ...override }) => [slug, override]));
  }

  /** For the review before a start. A preview is shown whether or not it can be noted. */
  async #noteOpened(opened: readonly WantedVariant[]): Promise<void> {
    if (opened.length === 0) return;
    try {
      await this.#parts.opened.note(opened);
    } catch (cause) {
      this.#parts.log.warn("That a preview was opened could not be noted", { cause });
    }
  }

  mayPreview(actor: Actor): Promise<boolean> {
    return this.#isAllowed(actor, false);
  }

  async #isKnown({ slug, variant }: WantedVariant): Promise<boolean> {
    return (await this.#parts.configs.get(slug))?.variants.includes(variant) ?? false;
  }

  async #isAllowed(actor: Actor, whereUnknown: boolean): Promise<boolean> {
    try {
      await this.#authorize(actor);
      return true;
    } catch (cause) {
      if (isAppError(cause) && (cause.kind === "forbidden" || cause.kind === "unauthorized")) return false;
      if (!(cause instanceof DatabaseUnavailable)) throw cause;
      this.#parts.log.warn("Whether somebody may preview experiments could not be read", { cause });
      return whereUnknown;
    }
  }

  /** Where they cannot be read, a preview that was granted stays, as above. */
  async #aliveLinks(ids: string[]): Promise<Set<string>> {
    try {
      return await this.#parts.links.findAlive(ids);
    } catch (cause) {
      if (!(cause instanceof DatabaseUnavailable)) throw cause;
      this.#parts.log.warn("Whether a preview link still holds could not be read", { cause });
      return new Set(ids);
    }
  }

  async #authorize({ userId }: Actor): Promise<void> {
    if (!this.#parts.isOpen()) await this.#parts.authorize({ userId }, "view");
  }

  #own({ userId }: Actor, wanted: WantedVariant): Preview {
    return { ...wanted, expiresAt: this.#parts.clock() + OWN_PREVIEW_MS, grantedTo: userId, linkId: null };
  }

  /** The last choice for an experiment replaces the ones before. */
  #sign(previews: Preview[]): Promise<string> {
    const latest = new Map<string, Preview>();
    for (const preview of previews) {
      latest.delete(preview.slug);
      latest.set(preview.slug, preview);
    }
    return signPreviews([...latest.values()], this.#parts.secrets()[0]);
  }
}
