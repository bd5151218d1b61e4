// Makes a picture fit into a square by averaging: each new pixel is the mean of those it covers.
#pragma once

#include "pictures/pixels.hpp"

namespace muniment::pictures {

// Its proportions stay, no side becomes nothing, and a picture that fits is answered as it is.
Pixels shrunk(Pixels picture, unsigned side);

}  // namespace muniment::pictures
