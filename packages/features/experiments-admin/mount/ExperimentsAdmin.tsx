"use client";

import "./policy";
import { LocaleProvider } from "@calcom/lib/i18n";
import { PortalContainer, TooltipProvider } from "@calcom/ui";
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { type AdminHost, AdminHostProvider } from "../api/host";
import { pathsUnder } from "../pages/paths";
import { createRouteClient } from "./call-route";
import { FailureBoundary } from "./FailureBoundary";
import { openLayers, ROOT_CLASS, type Theme, themeAttribute } from "./layers";
import { PageSkeleton } from "./PageStates";
import { queriesOf } from "./queries";
import { Routed } from "./Routed";
import { useRoute } from "./route";
import { languageFor } from "./texts";
import type { Texts } from "./translate";
import { useTexts } from "./useTexts";

export interface ExperimentsAdminProps {
  /** Where the module's route is, with your base path; "/api/experiments" by default. */
  apiPath?: string;
  /** "en" or "de". By default that of your `<html lang>`. */
  locale?: string;
  /** Your own words, by the keys of the module's texts. */
  texts?: Texts;
  /** "host" follows your page: an element around it with the class `dark` or `data-theme="dark"`. */
  theme?: Theme;
}

/**
 * The administration of experiments, for one catch-all page of an application of Next:
 *
 * ```tsx
 * // app/backoffice/ab/[[...path]]/page.tsx
 * import "experiments/admin.css";
 * import { ExperimentsAdmin } from "experiments/admin";
 *
 * export default function Page() {
 *   return <ExperimentsAdmin />;
 * }
 * ```
 */
export function ExperimentsAdmin(props: ExperimentsAdminProps) {
  const { theme = "host" } = props;
  // The browser asks what the person may see; the server renders only the frame.
  const isInBrowser = useSyncExternalStore(subscribeToNothing, yes, no);
  return (
    <div className={ROOT_CLASS} {...themeAttribute(theme)}>
      <div className="mx-auto max-w-page px-4 py-6 sm:px-6">
        {isInBrowser ? <InBrowser {...props} theme={theme} /> : <PageSkeleton />}
      </div>
    </div>
  );
}

const subscribeToNothing = () => () => {};
const yes = () => true;
const no = () => false;

function InBrowser({
  apiPath = "/api/experiments",
  locale,
  texts: own,
  theme,
}: ExperimentsAdminProps & { theme: Theme }) {
  const { root, path } = useRoute();
  const texts = useTexts(languageFor(locale), own);
  const [layers] = useState(openLayers);
  useEffect(() => {
    if (theme === "host") delete layers.dataset.xpTheme;
    else layers.dataset.xpTheme = theme;
  }, [layers, theme]);
  const host = useMemo(() => hostOf(apiPath, root), [apiPath, root]);
  if (texts === "loading") return <PageSkeleton />;
  if (texts === "failed") return <p role="alert">The texts could not be loaded. Reload the page.</p>;
  return (
    <QueryClientProvider client={queriesOf(apiPath)}>
      <LocaleProvider {...texts}>
        <PortalContainer container={layers}>
          <TooltipProvider>
            <AdminHostProvider host={host}>
              <FailureBoundary key={path.join("/")}>
                <Routed path={path} />
              </FailureBoundary>
            </AdminHostProvider>
          </TooltipProvider>
        </PortalContainer>
      </LocaleProvider>
    </QueryClientProvider>
  );
}

function hostOf(apiPath: string, root: string): AdminHost {
  const client = createRouteClient(apiPath);
  const flags = `${root}/-/flags`;
  return {
    client,
    cacheKey: [],
    paths: { ...pathsUnder(root), flags },
    flags: {
      client: client.flags,
      cacheKey: ["flags"],
      pathOf: (slug) => `${flags}?search=${encodeURIComponent(slug)}`,
      isMounted: true,
    },
    sharedReportPath: null,
    hasPreviews: false,
  };
}
