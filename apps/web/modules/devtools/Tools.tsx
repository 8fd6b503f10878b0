"use client";

import { useLocale } from "@calcom/lib/i18n";
import { toast } from "@calcom/ui";
import { usePathname, useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useState, useTransition } from "react";
import { PreviewBar } from "./PreviewBar";
import { choosePreview, fetchPreviewState, type ShownPreview, stopPreviews } from "./preview-api";
import { forgetTools } from "./tools-wanted";

const Devtools = lazy(() => import("./Devtools"));

/** What there is beside the page for whoever previews, or may: the server says which. */
export default function Tools() {
  const { t } = useLocale();
  const router = useRouter();
  const pathname = usePathname();
  const [previews, setPreviews] = useState<ShownPreview[]>([]);
  const [mayPreview, setMayPreview] = useState(false);
  const [isPending, startTransition] = useTransition();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page may be another person's, after signing in or out
  useEffect(() => {
    let isCurrent = true;
    fetchPreviewState()
      .then((state) => {
        if (!isCurrent) return;
        setPreviews(state.previews);
        setMayPreview(state.mayPreview);
        if (!state.mayPreview) forgetTools();
      })
      // The page works without; the next one asks again.
      .catch(() => {});
    return () => {
      isCurrent = false;
    };
  }, [pathname]);

  function change(order: () => Promise<{ previews: ShownPreview[] }>) {
    startTransition(async () => {
      try {
        const changed = await order();
        startTransition(() => {
          setPreviews(changed.previews);
          router.refresh();
        });
      } catch {
        toast.error(t("preview_failed"));
      }
    });
  }

  return (
    <>
      <PreviewBar previews={previews} onStop={() => change(stopPreviews)} isPending={isPending} />
      {mayPreview && (
        <Suspense fallback={null}>
          <Devtools
            isRaised={previews.length > 0}
            isPending={isPending}
            onChoose={(slug, variant) => change(() => choosePreview(slug, variant))}
          />
        </Suspense>
      )}
    </>
  );
}
