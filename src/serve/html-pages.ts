import type { PageReader, PageWords } from "../homeserver/ports.ts";

/** Reads HTML as it comes. The parser is loaded with the first page. */
export const htmlPages: PageReader = {
  async read(html) {
    const { Parser } = await import("htmlparser2");
    const words: PageWords = { metas: [] };
    let inTitle = false;
    const parser = new Parser({
      onopentag(tag, attributes) {
        inTitle = tag === "title" && words.title === undefined;
        if (inTitle) words.title = "";
        const name = attributes.property ?? attributes.name;
        const { content } = attributes;
        if (tag === "meta" && name !== undefined && content !== undefined) {
          words.metas.push({ name: name.trim(), content: content.trim() });
        }
      },
      ontext(text) {
        if (inTitle) words.title += text;
      },
      onclosetag(tag) {
        if (tag === "title") inTitle = false;
      },
    });
    parser.end(html);
    if (words.title !== undefined) words.title = words.title.replaceAll(/\s+/g, " ").trim();
    return words;
  },
};
