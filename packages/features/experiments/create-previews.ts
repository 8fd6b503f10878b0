import { randomBytes } from "node:crypto";
import { logger } from "@calcom/lib/logger";
import { requireSecrets, type Secrets } from "@calcom/lib/secrets";
import type { ExperimentsAdmin } from "./admin-services";
import type { ConfigCache } from "./serve/config/config-cache";
import { LinkKeeper } from "./serve/link-keeper";
import { OpenedPreviewsRepository } from "./serve/opened-previews.repository";
import { PreviewService } from "./serve/preview.service";
import { MAX_LINK_DAYS, PreviewLinkService } from "./serve/preview-link.service";
import { PreviewLinksRepository } from "./serve/preview-links.repository";
import type { Pool } from "./sql/runner";

export interface PreviewSettings {
  /** What links and their cookies are signed with. */
  secrets(): Secrets;
  /** Whether everybody may preview everything, as on a developer's machine. */
  isOpen?(): boolean;
}

/** Joins previews. Without settings each process signs with a secret of its own, so that its links end with it. */
export function createPreviews(
  pool: Pool,
  configs: ConfigCache,
  { access, catalog }: ExperimentsAdmin,
  settings: PreviewSettings = ofThisProcess(),
): PreviewService {
  const authorize: ExperimentsAdmin["access"]["authorize"] = (actor, permission) =>
    access.authorize(actor, permission);
  const signing = {
    secrets: () => requireSecrets(settings.secrets()),
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
    opened: new OpenedPreviewsRepository(pool),
    links: new PreviewLinkService({ ...signing, keeper, detail: (actor, slug) => catalog.get(actor, slug) }),
    log: logger,
    isOpen: () => settings.isOpen?.() ?? false,
  });
}

function ofThisProcess(): PreviewSettings {
  const secret = randomBytes(32).toString("hex");
  return { secrets: () => [secret] };
}
