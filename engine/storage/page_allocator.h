// Memory for what is large and does not stay: taken from the system and given back to it at once. The heap would keep
// it, cut up by what was allocated meanwhile, and a process would grow beyond what it uses at any one time.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <vector>

namespace plenum::storage {

template <class T>
class PageAllocator {
 public:
  using value_type = T;

  PageAllocator() = default;
  template <class U>
  PageAllocator(const PageAllocator<U>&) {}

  T* allocate(std::size_t count) {
    if (!InPages(count)) return static_cast<T*>(::operator new(count * sizeof(T)));
    void* const pages = ::mmap(nullptr, count * sizeof(T), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) throw std::bad_alloc();
    if (count * sizeof(T) >= kHugeBytesMin) ::madvise(pages, count * sizeof(T), MADV_HUGEPAGE);  // or not, as it likes
    return static_cast<T*>(pages);
  }
  void deallocate(T* pointer, std::size_t count) {
    if (InPages(count)) {
      ::munmap(pointer, count * sizeof(T));
    } else {
      ::operator delete(pointer);
    }
  }

  bool operator==(const PageAllocator&) const = default;

 private:
  static constexpr std::size_t kBytesMin = std::size_t{64} << 10;      // less than that is the heap's
  static constexpr std::size_t kHugeBytesMin = std::size_t{16} << 20;  // where pages of 2 MB are no waste
  static bool InPages(std::size_t count) { return count * sizeof(T) >= kBytesMin; }
};

template <class T>
using PageVector = std::vector<T, PageAllocator<T>>;

}  // namespace plenum::storage
