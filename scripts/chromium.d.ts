export function findChromium(
  env?: Record<string, string | undefined>,
): Promise<{ path: string; args: string[]; how: string; env?: Record<string, string> } | null>;
