/**
 * A folder for the reports and EPUB files in; a line of JSON a file: its path and what Ace by DAISY asserts.
 *
 * Ace's own command starts a browser for every book; here one browser serves them all. NODE_PATH leads to Ace.
 */
"use strict";

const path = require("path");
const ace = require("@daisy/ace-core");
const browser = require("@daisy/ace-axe-runner-puppeteer");
const logger = require("@daisy/ace-logger");

const runner = { ...browser, launch: async () => {}, close: async () => {} };

async function main(folder, books) {
    logger.initLogger({ silent: true });
    await browser.launch();
    try {
        for (const [number, book] of books.entries()) {
            const outdir = path.join(folder, String(number));
            const [, report] = await ace(book, { cwd: process.cwd(), outdir, lang: "en" }, runner);
            console.log(JSON.stringify({ path: book, assertions: report.assertions }));
        }
    } finally {
        await browser.close();
    }
}

main(process.argv[2], process.argv.slice(3)).catch((error) => {
    console.error(error);
    process.exitCode = 1;
});
