// The one include of Catch2, which hides what differs between 2.13 (one header) and 3 (a library).
#pragma once

#ifdef VRAM_GAUGE_CATCH2_V3
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
