// Catch2's main, compiled once: with 2.13 it takes longer than all tests together.
#ifdef VRAM_GAUGE_CATCH2_V3
#include <catch2/catch_session.hpp>

int main(int argc, char** argv) { return Catch::Session().run(argc, argv); }
#else
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#endif
