#!/usr/bin/env bash
# Makes the pictures of README.md from the sample season: `samples/pictures/make.sh`, with scrutineer, LibreOffice, poppler,
# ImageMagick, zip and unzip on the search path.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
scrutineer run samples/season --out "$work/out" --quiet || [ $? = 3 ]

# Saves page $2 of the PDF $1, its upper $3 per cent without the margins, as the picture $4, $5 dots to the inch.
picture() {
  pdftoppm -r "$5" -f "$2" -l "$2" -png -singlefile "$1" "$work/page"
  convert "$work/page.png" -gravity north -crop "100%x$3%+0+0" +repage -trim +repage -bordercolor white -border 14 +dither -colors 96 \
    "PNG8:samples/pictures/$4.png"
}

# Prints the workbook $1 as a PDF beside it.
printed() {
  soffice --headless --convert-to pdf --outdir "$work" "$1" >/dev/null 2>&1
}

# The annotated copy, with one of its notes open, and what is printed wide enough to show it.
mkdir "$work/parts"
unzip -q "$work/out/returns/South East/"*"Skills for Land-based and Environmental.annotated.xlsx" -d "$work/parts"
sed -i 's/visibility:hidden/visibility:visible/; s/ObjectType="Note">/&<x:Visible\/>/' "$work/parts/xl/drawings/vmlDrawing2.vml"
sed -i 's/<definedName[^>]*Print_Area[^<]*<\/definedName>//g' "$work/parts/xl/workbook.xml"
(cd "$work/parts" && zip -q -r ../annotated.xlsx .)
printed "$work/annotated.xlsx"
picture "$work/annotated.pdf" 3 60 annotated 100
picture "$work/annotated.pdf" 5 60 findings 90

printed "$work/out/season.xlsx"
picture "$work/season.pdf" 1 70 season 90
picture "$work/out/returns/Yorkshire and the Humber/"*"The Logistics Standards Council.report.pdf" 1 100 return-report 72
picture "$work/out/overarching-report-seqf.pdf" 2 100 overarching-report 72
