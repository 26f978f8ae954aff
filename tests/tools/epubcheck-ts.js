/**
 * EPUB files in; a line of JSON a file: its path and the messages of epubcheck-ts. NODE_PATH leads to it.
 */
"use strict";

const { readFileSync } = require("fs");
const { EpubCheck } = require("@likecoin/epubcheck-ts");

async function main(books) {
    for (const book of books) {
        const { messages } = await EpubCheck.validate(readFileSync(book));
        console.log(JSON.stringify({ path: book, messages }));
    }
}

main(process.argv.slice(2)).catch((error) => {
    console.error(error);
    process.exitCode = 1;
});
