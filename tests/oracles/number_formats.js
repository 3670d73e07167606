#!/usr/bin/env node
// Makes number_formats.json: what cells show of numbers and texts by each built-in number format, as SheetJS has it.
//
//     npm install ssf && node tests/oracles/number_formats.js > tests/oracles/number_formats.json
const ssf = require("ssf");

const signed = (positive, negative, zero) => [positive, negative, zero].filter(Boolean).join(";");
const money = (places, red) => signed(`"£"#,##0${places}`, `${red}-"£"#,##0${places}`);
const accounting = (sign, places) =>
  signed(`_-${sign}* #,##0${places}_-`, `-${sign}* #,##0${places}_-`, `_-${sign}* "-"${places && "??"}_-`) + ";_-@_-";

// The codes behind the ids of ECMA-376, part 1, 18.8.30, as Excel lists them where days and money are British.
const codes = {
  1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
  5: money("", ""), 6: money("", "[Red]"), 7: money(".00", ""), 8: money(".00", "[Red]"),
  9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
  14: "dd/mm/yyyy", 15: "dd-mmm-yy", 16: "dd-mmm", 17: "mmm-yy",
  18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "hh:mm", 21: "hh:mm:ss", 22: "dd/mm/yyyy hh:mm",
  37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
  41: accounting("", ""), 42: accounting("£", ""), 43: accounting("", ".00"), 44: accounting("£", ".00"),
  45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
};

const values = [45658.25, -45658.25, 0, 0.75, -0.75, 1234567.891, -1234567.891, 60, 61, "as sent"];
// Of what is no day SheetJS gives nothing, where Excel fills the cell with hashes.
const shown = (code, value) => ssf.format(code.replace(/£/g, '"£"').replace(/""/g, '"'), value).trim() || "########";
const rows = Object.entries(codes).flatMap(([id, code]) => values.map((value) => [Number(id), value, shown(code, value)]));
console.log(JSON.stringify({ package: `ssf ${ssf.version}`, codes, shown: rows }));
