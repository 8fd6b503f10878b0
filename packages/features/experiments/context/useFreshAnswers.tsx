import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { fetchReader } from "../consent/fetch-reader";

/**
 * Has a provider rendered again that stands in a layout, once somebody opens another page under it after an experiment
 * was changed: a layout alone would go on showing what it showed. A provider in a page is new with each page, and asks
 * nothing; nor does one without a stamp.
 */
export function useFreshAnswers(stamp: string | null): void {
  const pathname = usePathname();
  const router = useRouter();
  const checked = useRef(pathname);
  useEffect(() => {
    if (stamp === null || checked.current === pathname) return;
    checked.current = pathname;
    void fetchReader().then((reader) => {
      const current = reader?.stamp ?? stamp;
      if (current !== stamp) router.refresh();
    });
  }, [pathname, router, stamp]);
}
