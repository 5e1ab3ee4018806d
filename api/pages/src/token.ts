// The token and the reviewer's name, kept for this tab alone and gone with it.

const TOKEN = "marquee.token";
const BY = "marquee.by";

export const token = (): string => sessionStorage.getItem(TOKEN) ?? "";
export const reviewer = (): string => sessionStorage.getItem(BY) ?? "";

export function remember(given: string, by: string): void {
  sessionStorage.setItem(TOKEN, given);
  sessionStorage.setItem(BY, by);
}

export function forget(): void {
  sessionStorage.removeItem(TOKEN);
}
