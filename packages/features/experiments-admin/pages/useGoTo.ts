import { usePathname, useRouter } from "next/navigation";

/**
 * Goes to an address of this site as a link has it: with the base path of the application, which Next's router adds to
 * each path by itself. What lies outside of the application is no page of the router.
 */
export function useGoTo(): (address: string) => void {
  const router = useRouter();
  const pathname = usePathname();
  return (address) => {
    const base = basePathOf(window.location.pathname, pathname);
    if (base === "") router.push(address);
    else if (address === base || address.startsWith(`${base}/`))
      router.push(address.slice(base.length) || "/");
    else window.location.assign(address);
  };
}

/** What stands before the path that Next knows. */
export function basePathOf(address: string, pathname: string): string {
  const [whole, own] = [address, pathname].map((path) => path.replace(/\/+$/, "")) as [string, string];
  return whole.endsWith(own) ? whole.slice(0, whole.length - own.length) : "";
}
