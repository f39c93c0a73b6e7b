// The in-process signal that the test clock has been sent somewhere.
#pragma once

namespace continuo::directory::app {

inline constexpr char kClockSignal[] = "test_clock/directory";

}  // namespace continuo::directory::app
