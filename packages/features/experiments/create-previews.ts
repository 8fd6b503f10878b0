import { env } from "@calcom/lib/env";
import { logger } from "@calcom/lib/logger";
import { secretsFrom } from "@calcom/lib/secrets";
import type { ExperimentsAdmin } from "./create-admin";
import type { ConfigCache } from "./serve/config/config-cache";
import { LinkKeeper } from "./serve/link-keeper";
import { PreviewService } from "./serve/preview.service";
import { MAX_LINK_DAYS, PreviewLinkService } from "./serve/preview-link.service";
import { PreviewLinksRepository } from "./serve/preview-links.repository";
import type { Pool } from "./sql/runner";

/** Joins previews with the secret and the mode of this process. */
export function createPreviews(
  pool: Pool,
  configs: ConfigCache,
  { access, catalog }: ExperimentsAdmin,
): PreviewService {
  const authorize: ExperimentsAdmin["access"]["authorize"] = (actor, permission) =>
    access.authorize(actor, permission);
  const signing = {
    secrets: () => secretsFrom(env().PREVIEW_SECRET, env().PREVIEW_SECRET_PREVIOUS),
    clock: Date.now,
  };
  const keeper = new LinkKeeper({
    authorize,
    stored: new PreviewLinksRepository(pool),
    clock: Date.now,
    maxDays: MAX_LINK_DAYS,
    events: { made: "preview_links_made", revoked: "preview_links_revoked" },
  });
  return new PreviewService({
    ...signing,
    authorize,
    configs,
    links: new PreviewLinkService({ ...signing, keeper, detail: (actor, slug) => catalog.get(actor, slug) }),
    log: logger,
    isOpen: () => env().NODE_ENV === "development",
  });
}
