// Stands in for react-style-singleton: its style elements break a strict policy, adopted style sheets do not.

import { useEffect } from "react";

function sheets() {
  let users = 0;
  let sheet: CSSStyleSheet | null = null;
  return {
    add(css: string): void {
      if (users === 0) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      }
      users += 1;
    },
    remove(): void {
      users -= 1;
      if (users === 0) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    },
  };
}

export const stylesheetSingleton = sheets;

export function styleHookSingleton() {
  const own = sheets();
  return (css: string, dynamic?: boolean): void => {
    useEffect(() => {
      own.add(css);
      return () => own.remove();
    }, [css && dynamic]);
  };
}

export function styleSingleton() {
  const use = styleHookSingleton();
  return function Sheet({ styles, dynamic }: { styles: string; dynamic?: boolean }): null {
    use(styles, dynamic);
    return null;
  };
}
