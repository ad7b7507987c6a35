#!/bin/sh
# make-pier.sh FILE.png - draws the photo of the practice cases with ImageMagick; the pier is nobody's
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
convert -size 640x400 'gradient:#f4d7a8-#9cc3d5' \
  -fill '#4d7a8c' -draw 'rectangle 0,230 640,400' \
  -fill '#fff1c4' -draw 'circle 520,80 520,112' \
  -fill '#3f6473' -draw 'rectangle 0,262 640,266' -draw 'rectangle 0,310 640,313' -draw 'rectangle 0,352 640,354' \
  -fill '#7d3f31' -draw 'polygon 40,238 190,238 170,280 62,280' \
  -fill '#2f5d62' -draw 'polygon 230,232 430,232 404,288 254,288' \
  -fill '#84622f' -draw 'polygon 470,240 610,240 592,278 488,278' \
  -fill '#e6dfd0' -draw 'rectangle 300,186 362,232' -draw 'rectangle 100,206 140,238' -draw 'rectangle 524,212 560,240' \
  -fill '#40332c' -draw 'rectangle 278,120 283,232' -draw 'rectangle 80,150 84,238' -draw 'rectangle 502,160 506,240' \
  -fill '#fbf6e8' -draw 'polygon 314,248 346,248 346,254 330,280 322,280 336,256 314,256' \
  -fill '#6b5238' -draw 'rectangle 0,372 640,400' \
  -fill '#4b3826' -draw 'rectangle 60,340 72,400' -draw 'rectangle 210,340 222,400' -draw 'rectangle 360,340 372,400' \
  -draw 'rectangle 510,340 522,400' \
  -strip -depth 8 -colors 64 -define png:exclude-chunks=date,time "png:$1"
